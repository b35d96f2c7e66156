package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;

/// Operators of the domain `ai.onnx.ml`: classic machine learning. Those on maps are not supported.
final class LearningOperators {
    private static final String DOMAIN = "ai.onnx.ml.";

    private LearningOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put(DOMAIN + "ArrayFeatureExtractor", single(FeatureImporters::extract))
                .put(DOMAIN + "Binarizer", single(FeatureImporters::binarize))
                .put(DOMAIN + "CategoryMapper", single(KeyImporters::map))
                .put(DOMAIN + "FeatureVectorizer", single(FeatureImporters::vectorize))
                .put(DOMAIN + "Imputer", single(FeatureImporters::impute))
                .put(DOMAIN + "LabelEncoder", single(KeyImporters::encode))
                .put(DOMAIN + "LinearClassifier", LinearModels::classify)
                .put(DOMAIN + "LinearRegressor", single(LinearModels::regress))
                .put(DOMAIN + "Normalizer", single(FeatureImporters::normalize))
                .put(DOMAIN + "OneHotEncoder", single(KeyImporters::oneHot))
                .put(DOMAIN + "SVMClassifier", SupportVectors::classify)
                .put(DOMAIN + "SVMRegressor", single(SupportVectors::regress))
                .put(DOMAIN + "Scaler", single(FeatureImporters::scale))
                .put(DOMAIN + "TreeEnsemble", single(TreeImporters::ensemble))
                .put(DOMAIN + "TreeEnsembleClassifier", TreeImporters::classify)
                .put(DOMAIN + "TreeEnsembleRegressor", single(TreeImporters::regress))
                .buildOrThrow();
    }

    /// An importer that is a function.
    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }
}

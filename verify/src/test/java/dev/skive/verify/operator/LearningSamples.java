package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.FLOAT;
import static dev.skive.verify.operator.SampleTypes.STRING;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Samples of operators of `ai.onnx.ml`, and of optimizers.
@SuppressWarnings("BadImport")
final class LearningSamples {
    private static final String ML = "ai.onnx.ml:";
    private static final ElementType F32 = ElementType.FLOAT32;
    private static final ElementType I64 = ElementType.INT64;
    private static final Set<ElementType> NUMBERS = ImmutableSet.of(F32, ElementType.FLOAT64, I64, ElementType.INT32);

    private LearningSamples() {}

    static List<Sample> all() {
        return Stream.of(features(), keys(), linear(), vectors(), trees(), optimizers())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> features() {
        return Stream.of(
                of(ML + "ArrayFeatureExtractor", NUMBERS).in(2, 4).indices(new long[] {3, 0}, 1, 2),
                of(ML + "ArrayFeatureExtractor", STRING).text("a", "b", "c").indices(new long[] {2, 0}, 1, 2),
                of(ML + "Binarizer", FLOAT).in(2, 3).real("threshold", 0.5),
                of(ML + "FeatureVectorizer", NUMBERS)
                        .in(2, 2)
                        .in(2, 1)
                        .set("inputdimensions", new long[] {2, 1})
                        .gives(F32),
                of(ML + "Imputer", FLOAT)
                        .given(new double[] {1, Double.NaN, 3, 4}, 2, 2)
                        .reals("imputed_value_floats", 7, 8)
                        .real("replaced_value_float", Double.NaN),
                of(ML + "Imputer", Set.of(I64))
                        .given(new double[] {1, 2, 3, 4}, 2, 2)
                        .set("imputed_value_int64s", new long[] {9})
                        .set("replaced_value_int64", 3),
                of(ML + "Normalizer", NUMBERS).in(2, 3).set("norm", "L2").gives(F32),
                of(ML + "Normalizer", NUMBERS).in(2, 3).set("norm", "MAX").gives(F32),
                of(ML + "Scaler", NUMBERS).in(2, 3).reals("offset", 1, 2, 3).reals("scale", 2, 0.5f, 1).gives(F32));
    }

    private static Stream<Sample> keys() {
        return Stream.of(
                of(ML + "CategoryMapper", STRING)
                        .text("cat", "cow", "dog")
                        .texts("cats_strings", "cat", "dog")
                        .set("cats_int64s", new long[] {4, 7})
                        .set("default_int64", -3)
                        .gives(I64),
                of(ML + "CategoryMapper", Set.of(I64))
                        .given(7, 5, 4)
                        .texts("cats_strings", "cat", "dog")
                        .set("cats_int64s", new long[] {4, 7})
                        .set("default_string", "none")
                        .gives(ElementType.STRING),
                of(ML + "LabelEncoder", STRING)
                        .version(2)
                        .text("b", "a", "x")
                        .texts("keys_strings", "a", "b")
                        .set("values_int64s", new long[] {1, 2})
                        .gives(I64),
                of(ML + "LabelEncoder", Set.of(I64))
                        .version(2)
                        .given(1, 2, 9)
                        .set("keys_int64s", new long[] {1, 2})
                        .texts("values_strings", "a", "b")
                        .gives(ElementType.STRING),
                of(ML + "LabelEncoder", FLOAT)
                        .version(4)
                        .given(1, Double.NaN, 9)
                        .set("keys_tensor", TensorData.ofReals(F32, new double[] {1, Double.NaN}, 2))
                        .set("values_tensor", TensorData.ofLongs(new long[] {5, 6}, 2))
                        .set("default_tensor", TensorData.ofLongs(new long[] {-7}, 1))
                        .gives(I64),
                of(ML + "OneHotEncoder", Set.of(I64)).given(3, 1, 5).set("cats_int64s", new long[] {1, 3}).gives(F32),
                of(ML + "OneHotEncoder", STRING).text("b", "x", "a").texts("cats_strings", "a", "b").gives(F32));
    }

    private static Stream<Sample> linear() {
        return Stream.of(
                of(ML + "LinearClassifier", NUMBERS)
                        .in(3, 2)
                        .reals("coefficients", 1, -1, 0.5f, 2, -2, 1)
                        .reals("intercepts", 0.1f, 0.2f, 0.3f)
                        .set("classlabels_ints", new long[] {4, 5, 6})
                        .set("post_transform", "SOFTMAX")
                        .gives(I64)
                        .gives(F32),
                of(ML + "LinearClassifier", FLOAT)
                        .in(3, 2)
                        .reals("coefficients", 1, -1)
                        .reals("intercepts", 0.25f)
                        .texts("classlabels_strings", "no", "yes")
                        .set("post_transform", "LOGISTIC")
                        .gives(ElementType.STRING)
                        .gives(F32),
                of(ML + "LinearRegressor", FLOAT)
                        .in(3, 2)
                        .reals("coefficients", 1, -1, 0.5f, 2)
                        .reals("intercepts", 0.1f, 0.2f)
                        .set("targets", 2));
    }

    private static Stream<Sample> vectors() {
        return Stream.of(
                of(ML + "SVMRegressor", FLOAT)
                        .in(3, 2)
                        .set("kernel_type", "RBF")
                        .reals("kernel_params", 0.5f, 0, 3)
                        .reals("support_vectors", 1, 2, -1, 0.5f)
                        .reals("coefficients", 0.7f, -0.4f)
                        .reals("rho", 0.1f)
                        .set("n_supports", 2),
                of(ML + "SVMClassifier", FLOAT)
                        .in(3, 2)
                        .set("kernel_type", "LINEAR")
                        .reals("kernel_params", 0, 0, 0)
                        .reals("support_vectors", 1, 2, -1, 0.5f)
                        .reals("coefficients", 0.7f, -0.4f)
                        .reals("rho", 0.1f)
                        .set("vectors_per_class", new long[] {1, 1})
                        .set("classlabels_ints", new long[] {0, 1})
                        .gives(I64)
                        .gives(F32));
    }

    /// A tree of one inner node and two leaves.
    private static Sample tree(String name) {
        return of(ML + name, NUMBERS)
                .in(4, 2)
                .set("nodes_treeids", new long[] {0, 0, 0})
                .set("nodes_nodeids", new long[] {0, 1, 2})
                .set("nodes_featureids", new long[] {1, 0, 0})
                .texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF")
                .reals("nodes_values", 0.5f, 0, 0)
                .set("nodes_truenodeids", new long[] {1, 0, 0})
                .set("nodes_falsenodeids", new long[] {2, 0, 0});
    }

    /// One step for two tensors each.
    private static Stream<Sample> optimizers() {
        return Stream.of("Adagrad", "Adam", "Momentum")
                .map(name -> {
                    int states = name.equals("Adam") ? 2 : 1;
                    Sample sample =
                            of("ai.onnx.preview.training:" + name, Set.of(F32, ElementType.FLOAT64))
                                    .fixed(F32, new double[] {0.1})
                                    .fixed(I64, new double[] {3})
                                    .real("norm_coefficient", 0.01);
                    if (name.equals("Momentum")) {
                        sample.real("alpha", 0.9).real("beta", 0.5).set("mode", "nesterov");
                    } else {
                        sample.real("epsilon", 1e-4);
                    }
                    sample.range(0.1, 1);
                    for (int kind = 0; kind < 2 + states; kind++) {
                        sample.in(2, 3).in(4);
                    }
                    for (int kind = 0; kind < 1 + states; kind++) {
                        sample.gives().gives();
                    }
                    return sample;
                });
    }

    private static Stream<Sample> trees() {
        return Stream.of(
                tree("TreeEnsembleRegressor")
                        .set("target_treeids", new long[] {0, 0})
                        .set("target_nodeids", new long[] {1, 2})
                        .set("target_ids", new long[] {0, 0})
                        .reals("target_weights", 1.5f, -2)
                        .set("n_targets", 1)
                        .gives(F32),
                tree("TreeEnsembleClassifier")
                        .set("class_treeids", new long[] {0, 0})
                        .set("class_nodeids", new long[] {1, 2})
                        .set("class_ids", new long[] {0, 1})
                        .reals("class_weights", 1, 1)
                        .set("classlabels_int64s", new long[] {3, 8})
                        .gives(I64)
                        .gives(F32),
                of(ML + "TreeEnsemble", Set.of(F32, ElementType.FLOAT64))
                        .version(5)
                        .in(4, 2)
                        .set("tree_roots", new long[] {0})
                        .set("nodes_featureids", new long[] {1})
                        .set("nodes_truenodeids", new long[] {0})
                        .set("nodes_trueleafs", new long[] {1})
                        .set("nodes_falsenodeids", new long[] {1})
                        .set("nodes_falseleafs", new long[] {1})
                        .own("nodes_splits", 0.5)
                        .set("nodes_modes", TensorData.ofIntegers(ElementType.UINT8, new long[] {0}, 1))
                        .set("leaf_targetids", new long[] {0, 0})
                        .own("leaf_weights", 1.5, -2)
                        .set("n_targets", 1));
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.tensor;
import static dev.skive.frontend.onnx.TestModel.text;
import static dev.skive.frontend.onnx.TestModel.texts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Operators of `ai.onnx.ml` against ONNX Runtime: features, look-ups, linear models and support vectors.
final class LearningOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);
    private static final int OPSET = 21;
    private static final String[] TRANSFORMS = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"};

    private static void one(int version, String type, Tensor x, boolean symbolic, AttributeProto... attributes) {
        new LearningNode(version, type, x, symbolic).check(List.of("y"), attributes);
    }

    private static Tensor words(String... words) {
        return Tensor.ofText(ImmutableList.copyOf(words), words.length);
    }

    private static Tensor floats(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }

    private static Tensor longs(long... values) {
        return Tensor.ofIntegers(ElementType.INT64, values, values.length);
    }

    private static Tensor number(RandomTensors random, ElementType element, long... sizes) {
        if (!element.isReal()) {
            return random.integers(element, -3, 4, sizes);
        }
        return Tensor.ofReals(element, random.floats(sizes).reals(), sizes);
    }

    private static float[] row(RandomTensors random, int count) {
        var row = new float[count];
        for (int i = 0; i < count; i++) {
            row[i] = (float) random.random().nextGaussian();
        }
        return row;
    }

    private static long[] sizes(RandomTensors random, int features) {
        return random.random().nextInt(3) == 0
                ? new long[] {features}
                : new long[] {random.random().nextInt(5), features};
    }

    private static final ElementType[] NUMBERS = {
        ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT32, ElementType.INT64
    };

    @Property(tries = 30)
    void features(@ForAll long seed, @ForAll boolean symbolic) {
        var random = new RandomTensors(seed);
        int features = 1 + random.random().nextInt(4);
        ElementType element = NUMBERS[random.random().nextInt(NUMBERS.length)];
        Tensor x = number(random, element, sizes(random, features));
        int given = random.random().nextBoolean() ? 1 : features;
        one(
                1,
                "Scaler",
                x,
                symbolic && given == 1,
                reals("offset", row(random, given)),
                reals("scale", row(random, given)));
        for (String norm : List.of("MAX", "L1", "L2")) {
            one(1, "Normalizer", x, symbolic, text("norm", norm));
        }
        if (element == ElementType.FLOAT32) {
            one(1, "Binarizer", x, symbolic, real("threshold", (float) random.random().nextGaussian()));
        }
    }

    @Example
    void normalizerOfZerosAndNegatives() {
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[] {0, 0, -1, -2, 0, -0.0, 3, -4}, 4, 2);
        for (String norm : List.of("MAX", "L1", "L2")) {
            one(1, "Normalizer", x, true, text("norm", norm));
        }
        one(1, "Binarizer", floats(0, -0.0, 1, Double.POSITIVE_INFINITY), true);
    }

    @Example
    void imputer() {
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[] {0, Double.NaN, 1, -0.0, 2, Double.NaN}, 3, 2);
        one(1, "Imputer", x, false, reals("imputed_value_floats", 7, 8), real("replaced_value_float", Float.NaN));
        one(1, "Imputer", x, true, reals("imputed_value_floats", 7), real("replaced_value_float", 0));
        Tensor integers = Tensor.ofIntegers(ElementType.INT64, new long[] {1, 2, Long.MAX_VALUE, 1}, 2, 2);
        one(1, "Imputer", integers, false, integers("imputed_value_int64s", 5, 6), integer("replaced_value_int64", 1));
        one(
                1,
                "Imputer",
                integers,
                true,
                integers("imputed_value_int64s", Long.MIN_VALUE),
                integer("replaced_value_int64", Long.MAX_VALUE));
    }

    @Example
    void arrayFeatureExtractor() {
        for (Tensor x :
                List.of(
                        floats(1, 2, 3),
                        Tensor.ofIntegers(ElementType.INT32, new long[] {1, 2, 3, 4, 5, 6}, 2, 3),
                        Tensor.ofReals(ElementType.FLOAT64, new double[] {1, 2, 3, 4, 5, 6}, 2, 1, 3),
                        Tensor.ofText(ImmutableList.of("a", "b", "", "d", "e", "f"), 2, 3))) {
            for (boolean symbolic : new boolean[] {false, true}) {
                var model = new TestModel(OPSET).domain("ai.onnx.ml", 3);
                model.input("x", x.element(), RandomTensors.declared(symbolic, "x", x.sizes()));
                model.input("y", ElementType.INT64, 1, symbolic ? "n" : (Object) 4);
                model.nodes("ai.onnx.ml:ArrayFeatureExtractor", "x,y", List.of("z")).output("z");
                Tensor y = Tensor.ofIntegers(ElementType.INT64, new long[] {2, 0, 0, 1}, 1, 4);
                CHECK.check(model, ImmutableMap.of("x", x, "y", y), OPSET);
            }
        }
    }

    @Example
    void featureVectorizer() {
        var random = new RandomTensors(1);
        for (ElementType element : NUMBERS) {
            var model = new TestModel(OPSET).domain("ai.onnx.ml", 3);
            Tensor a = number(random, element, 2, 3);
            Tensor b = number(random, element, 2, 2, 2);
            model.input("a", element, "n", 3).input("b", element, "n", 2, 2);
            model.nodes("ai.onnx.ml:FeatureVectorizer", "a,b,a", List.of("y"), integers("inputdimensions", 2, 6, 3));
            CHECK.check(model.output("y"), ImmutableMap.of("a", a, "b", b), OPSET);
        }
        var model = new TestModel(OPSET).domain("ai.onnx.ml", 3);
        model.input("a", ElementType.FLOAT32, 3);
        model.nodes("ai.onnx.ml:FeatureVectorizer", "a", List.of("y"), integers("inputdimensions", 3));
        CHECK.check(model.output("y"), ImmutableMap.of("a", floats(1, 2, 3)), OPSET);
    }

    @Example
    void oldLabelEncoder() {
        AttributeProto classes = texts("classes_strings", "a", "b", "ä", "");
        one(1, "LabelEncoder", words("b", "", "z", "ä", "a"), true, classes, integer("default_int64", 9));
        one(1, "LabelEncoder", longs(2, -1, 0, 4), true, classes, text("default_string", "none"));
    }

    @Example
    void labelEncoder() {
        List<AttributeProto> keys =
                List.of(
                        texts("keys_strings", "a", "b", "ä", "a"),
                        integers("keys_int64s", 3, Long.MIN_VALUE, 0, 3),
                        reals("keys_floats", 1, Float.NaN, 0, 1));
        List<AttributeProto> values =
                List.of(
                        texts("values_strings", "x", "", "ö", "w"),
                        integers("values_int64s", 7, Long.MAX_VALUE, 0, 1),
                        reals("values_floats", 0.1f, Float.NaN, -0f, 1));
        List<Tensor> inputs =
                List.of(
                        words("a", "c", "ä", "", "b"),
                        longs(3, 1, Long.MIN_VALUE, 0),
                        floats(1, -0.0, Double.NaN, 2, 0));
        for (int version : new int[] {2, 4}) {
            for (int i = 0; i < keys.size(); i++) {
                for (AttributeProto value : values) {
                    one(version, "LabelEncoder", inputs.get(i), true, keys.get(i), value);
                    one(
                            version,
                            "LabelEncoder",
                            inputs.get(i),
                            false,
                            keys.get(i),
                            value,
                            text("default_string", "else"),
                            integer("default_int64", 42),
                            real("default_float", 0.5f));
                }
            }
        }
        one(2, "LabelEncoder", Tensor.zeros(ElementType.INT64, 0, 2), true, keys.get(1), values.get(0));
    }

    @Example
    void labelEncoderOfTensors() {
        AttributeProto doubles =
                tensor(
                        "keys_tensor",
                        TestModel.tensor("k", TensorData.ofReals(ElementType.FLOAT64, new double[] {0.1, 2}, 2)));
        AttributeProto toDoubles =
                tensor(
                        "values_tensor",
                        TestModel.tensor("v", TensorData.ofReals(ElementType.FLOAT64, new double[] {0.7, 1e300}, 2)));
        AttributeProto absent =
                tensor(
                        "default_tensor",
                        TestModel.tensor("d", TensorData.ofReals(ElementType.FLOAT64, new double[] {5}, 1)));
        Tensor x = Tensor.ofReals(ElementType.FLOAT64, new double[] {2, 0.1, 0.1f}, 3, 1);
        one(4, "LabelEncoder", x, true, doubles, toDoubles, absent);
        one(4, "LabelEncoder", x, true, doubles, texts("values_strings", "p", "q"));
        one(
                4,
                "LabelEncoder",
                words("q", "p", ""),
                true,
                tensor("keys_tensor", TestModel.tensor("k", TensorData.ofText(List.of("p", "q"), 2))),
                tensor(
                        "values_tensor",
                        TestModel.tensor("v", TensorData.ofIntegers(ElementType.INT16, new long[] {3, -4}, 2))),
                tensor(
                        "default_tensor",
                        TestModel.tensor("d", TensorData.ofIntegers(ElementType.INT16, new long[] {-7}, 1))));
    }

    @Example
    void categoryMapper() {
        AttributeProto names = texts("cats_strings", "a", "b", "a");
        AttributeProto numbers = integers("cats_int64s", 5, 6, 7);
        one(1, "CategoryMapper", words("a", "b", "c"), true, names, numbers);
        one(1, "CategoryMapper", longs(5, 6, 7, 8), true, names, numbers, text("default_string", "?"));
    }

    @Example
    void oneHotEncoder() {
        AttributeProto numbers = integers("cats_int64s", 3, -1, 3, 0);
        for (Tensor x :
                List.of(
                        longs(3, 0, -1, 9),
                        floats(3.7, -0.5, -1.2, 9),
                        Tensor.ofReals(ElementType.FLOAT64, new double[] {3, 4, -1, 0}, 2, 2))) {
            one(1, "OneHotEncoder", x, true, numbers);
        }
        one(1, "OneHotEncoder", longs(3, 0), true, numbers, integer("zeros", 0));
        one(1, "OneHotEncoder", words("b", "", "c"), true, texts("cats_strings", "a", "b", ""));
    }

    private static final int CLASSES = 3;

    @Property(tries = 20)
    void linearModels(@ForAll long seed, @ForAll boolean symbolic) {
        var random = new RandomTensors(seed);
        int features = 1 + random.random().nextInt(4);
        ElementType element = NUMBERS[random.random().nextInt(NUMBERS.length)];
        Tensor x = number(random, element, sizes(random, features));
        boolean isSymbolic = symbolic && x.rank() == 2;
        List<String> results = List.of("label", "scores");
        for (String transform : TRANSFORMS) {
            AttributeProto post = text("post_transform", transform);
            // The inverse of a distribution function is for probabilities only.
            float size = transform.equals("PROBIT") ? 0 : 1;
            AttributeProto weights = reals("coefficients", scaled(row(random, CLASSES * features), size));
            AttributeProto intercepts = reals("intercepts", probabilities(random, CLASSES));
            AttributeProto ints = integers("classlabels_ints", 4, -2, 9);
            AttributeProto names = texts("classlabels_strings", "a", "b", "c");
            new LearningNode(1, "LinearClassifier", x, isSymbolic).check(results, weights, intercepts, ints, post);
            new LearningNode(1, "LinearClassifier", x, isSymbolic).check(results, weights, intercepts, names, post);
            if (element == ElementType.FLOAT32) {
                one(1, "LinearRegressor", x, isSymbolic, weights, intercepts, integer("targets", CLASSES), post);
            }
            AttributeProto single = reals("coefficients", scaled(row(random, features), size));
            AttributeProto intercept = reals("intercepts", probabilities(random, 1));
            if (!transform.equals("PROBIT")) {
                AttributeProto two = integers("classlabels_ints", 4, 7);
                new LearningNode(1, "LinearClassifier", x, isSymbolic).check(results, single, intercept, two, post);
            }
            if (element == ElementType.FLOAT32) {
                one(1, "LinearRegressor", x, isSymbolic, single, intercept, post);
                one(1, "LinearRegressor", x, isSymbolic, single, post, integer("targets", 1));
            }
        }
    }

    private static float[] scaled(float[] row, float factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
        return row;
    }

    private static float[] probabilities(RandomTensors random, int count) {
        var row = new float[count];
        for (int i = 0; i < count; i++) {
            row[i] = 0.05f + 0.4f * random.random().nextFloat();
        }
        return row;
    }

    @Property(tries = 12)
    void supportVectors(@ForAll long seed, @ForAll boolean symbolic) {
        var random = new RandomTensors(seed);
        int features = 1 + random.random().nextInt(4);
        for (String kernel : List.of("LINEAR", "POLY", "RBF", "SIGMOID")) {
            Tensor x = random.floats(random.random().nextInt(5), features);
            int vectors = 1 + random.random().nextInt(5);
            one(
                    1,
                    "SVMRegressor",
                    x,
                    symbolic,
                    text("kernel_type", kernel),
                    reals("kernel_params", 0.4f, 0.1f, 3),
                    integer("n_supports", vectors),
                    integer("one_class", random.random().nextInt(2)),
                    reals("support_vectors", row(random, vectors * features)),
                    reals("coefficients", row(random, vectors)),
                    reals("rho", row(random, 1)));
            for (int classes = 2; classes <= 4; classes++) {
                classifier(random, kernel, classes, features, symbolic);
            }
        }
        Tensor x = random.floats(3, features);
        one(
                1,
                "SVMRegressor",
                x,
                symbolic,
                reals("kernel_params", 0.4f, 0.1f, 3),
                reals("coefficients", row(random, features)),
                reals("rho", row(random, 1)));
        for (int classes = 2; classes <= 4; classes++) {
            long[] labels = java.util.stream.LongStream.range(10, 10 + classes).toArray();
            new LearningNode(1, "SVMClassifier", x, symbolic)
                    .check(
                            List.of("label", "scores"),
                            integers("classlabels_ints", labels),
                            reals("kernel_params", 0.4f, 0.1f, 3),
                            reals("coefficients", row(random, classes * features)),
                            text("post_transform", TRANSFORMS[random.random().nextInt(4)]),
                            reals("rho", row(random, 1)));
        }
    }

    private static void classifier(RandomTensors random, String kernel, int classes, int features, boolean symbolic) {
        var perClass = new long[classes];
        int vectors = 0;
        for (int i = 0; i < classes; i++) {
            perClass[i] = 1L + random.random().nextInt(3);
            vectors += (int) perClass[i];
        }
        int pairs = classes * (classes - 1) / 2;
        var attributes = new java.util.ArrayList<AttributeProto>();
        attributes.add(text("kernel_type", kernel));
        attributes.add(reals("kernel_params", 0.4f, 0.1f, 2));
        attributes.add(integers("vectors_per_class", perClass));
        attributes.add(reals("support_vectors", row(random, vectors * features)));
        attributes.add(reals("coefficients", row(random, vectors * (classes - 1))));
        attributes.add(reals("rho", row(random, pairs)));
        attributes.add(text("post_transform", TRANSFORMS[random.random().nextInt(4)]));
        String[] names = java.util.stream.IntStream.range(0, classes).mapToObj(i -> "c" + i).toArray(String[]::new);
        attributes.add(texts("classlabels_strings", names));
        Tensor x = random.floats(1 + random.random().nextInt(4), features);
        List<String> results = List.of("label", "scores");
        new LearningNode(1, "SVMClassifier", x, symbolic).check(results, attributes.toArray(AttributeProto[]::new));
        attributes.add(reals("prob_a", row(random, pairs)));
        attributes.add(reals("prob_b", row(random, pairs)));
        // Rounding can make one round more or less.
        new LearningNode(1, "SVMClassifier", x, symbolic).checkImport(results, attributes);
    }
}

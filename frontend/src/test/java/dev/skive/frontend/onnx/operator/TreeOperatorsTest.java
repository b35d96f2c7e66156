package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.text;
import static dev.skive.frontend.onnx.TestModel.texts;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.OrtSession;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Tree ensembles of `ai.onnx.ml` against ONNX Runtime.
final class TreeOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);
    private static final int FEATURES = 3;
    private static final List<String> TRANSFORMS = List.of("NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO");
    private static final List<String> AGGREGATES = List.of("SUM", "AVERAGE", "MIN", "MAX");

    /// Features that are often equal to a threshold, and sometimes NaN.
    private static Tensor features(Random random, ElementType element) {
        int rows = random.nextInt(5);
        if (!element.isReal()) {
            return Tensor.ofIntegers(element, random.longs((long) rows * FEATURES, -1, 3).toArray(), rows, FEATURES);
        }
        double[] values =
                random.doubles((long) rows * FEATURES)
                        .map(value -> value < 0.1 ? Double.NaN : value < 0.7 ? random.nextInt(3) / 2.0 : value * 2 - 1)
                        .map(value -> (float) value)
                        .toArray();
        return Tensor.ofReals(element, values, rows, FEATURES);
    }

    private static ElementType element(Random random) {
        return List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT32, ElementType.INT64)
                .get(random.nextInt(4));
    }

    private static float[] row(Random random, int count) {
        var row = new float[count];
        for (int i = 0; i < count; i++) {
            row[i] = (float) random.nextGaussian();
        }
        return row;
    }

    private static long[] all(int count) {
        return LongStream.range(0, count).toArray();
    }

    @Property(tries = 60)
    void regressors(@ForAll long seed, @ForAll boolean symbolic, @ForAll boolean mixed) {
        var random = new Random(seed);
        int targets = 1 + random.nextInt(3);
        RandomTrees.Targets leaf =
                targets == 1 || random.nextBoolean() ? tree -> all(targets) : tree -> new long[] {tree % targets};
        // ORT leaves base values out where no leaf contributes.
        var trees = new RandomTrees(random, FEATURES, targets + random.nextInt(5), mixed, leaf);
        List<AttributeProto> attributes = trees.attributes("target");
        attributes.add(integer("n_targets", targets));
        attributes.add(text("aggregate_function", AGGREGATES.get(random.nextInt(AGGREGATES.size()))));
        attributes.add(text("post_transform", targets == 1 ? "NONE" : TRANSFORMS.get(random.nextInt(3))));
        if (random.nextBoolean()) {
            attributes.add(reals("base_values", row(random, targets)));
        }
        // ORT has no others here.
        Tensor x = features(random, random.nextBoolean() ? ElementType.FLOAT32 : ElementType.FLOAT64);
        new LearningNode(1, "TreeEnsembleRegressor", x, symbolic)
                .check(List.of("y"), attributes.toArray(AttributeProto[]::new));
        new LearningNode(3, "TreeEnsembleRegressor", x, symbolic)
                .check(List.of("y"), attributes.toArray(AttributeProto[]::new));
    }

    @Property(tries = 60)
    void classifiers(@ForAll long seed, @ForAll boolean symbolic, @ForAll boolean mixed) {
        var random = new Random(seed);
        int classes = 3 + random.nextInt(2);
        RandomTrees.Targets leaf = random.nextBoolean() ? tree -> all(classes) : tree -> new long[] {tree % classes};
        var trees = new RandomTrees(random, FEATURES, 1 + random.nextInt(6), mixed, leaf);
        List<AttributeProto> attributes = trees.attributes("class");
        attributes.add(text("post_transform", TRANSFORMS.get(random.nextInt(TRANSFORMS.size()))));
        attributes.add(
                random.nextBoolean()
                        ? integers("classlabels_int64s", LongStream.range(5, 5 + classes).toArray())
                        : texts(
                                "classlabels_strings",
                                List.of("a", "b", "c", "d").subList(0, classes).toArray(String[]::new)));
        if (random.nextBoolean()) {
            attributes.add(reals("base_values", row(random, classes)));
        }
        Tensor x = features(random, element(random));
        new LearningNode(1, "TreeEnsembleClassifier", x, symbolic)
                .check(List.of("label", "scores"), attributes.toArray(AttributeProto[]::new));
    }

    @Property(tries = 80)
    void twoClasses(@ForAll long seed, @ForAll boolean symbolic, @ForAll boolean positive) {
        var random = new Random(seed);
        int kind = random.nextInt(2);
        var trees = new RandomTrees(random, FEATURES, 1 + random.nextInt(4), false, tree -> new long[] {kind});
        List<AttributeProto> attributes = (positive ? trees.positive() : trees).attributes("class");
        attributes.add(text("post_transform", TRANSFORMS.get(random.nextInt(TRANSFORMS.size()))));
        attributes.add(labels(random));
        int base = random.nextInt(3);
        if (base > 0) {
            attributes.add(reals("base_values", row(random, base)));
        }
        Tensor x = features(random, element(random));
        new LearningNode(3, "TreeEnsembleClassifier", x, symbolic)
                .check(List.of("label", "scores"), attributes.toArray(AttributeProto[]::new));
    }

    private static AttributeProto labels(Random random) {
        return random.nextBoolean() ? integers("classlabels_int64s", 5, 9) : texts("classlabels_strings", "no", "yes");
    }

    @Property(tries = 40)
    void twoClassesWithLeavesForBoth(@ForAll long seed, @ForAll boolean symbolic, @ForAll boolean mixed) {
        var random = new Random(seed);
        // Where leaves differ, ORT leaves a score unset with one base value.
        boolean differ = random.nextBoolean();
        RandomTrees.Targets leaf = tree -> differ ? new long[] {random.nextInt(2)} : all(2);
        List<AttributeProto> attributes =
                new RandomTrees(random, FEATURES, 1 + random.nextInt(4), mixed, leaf).attributes("class");
        attributes.add(text("post_transform", differ ? "NONE" : TRANSFORMS.get(random.nextInt(TRANSFORMS.size()))));
        attributes.add(labels(random));
        int base = differ ? 2 * random.nextInt(2) : random.nextInt(3);
        if (base > 0) {
            attributes.add(reals("base_values", row(random, base)));
        }
        new LearningNode(3, "TreeEnsembleClassifier", features(random, element(random)), symbolic)
                .check(List.of("label", "scores"), attributes.toArray(AttributeProto[]::new));
    }

    @Property(tries = 60)
    void ensembles(@ForAll long seed, @ForAll boolean symbolic, @ForAll boolean mixed) {
        var random = new Random(seed);
        int targets = 1 + random.nextInt(3);
        ElementType element = random.nextBoolean() ? ElementType.FLOAT32 : ElementType.FLOAT64;
        RandomTrees trees;
        do {
            trees =
                    new RandomTrees(
                            random,
                            FEATURES,
                            1 + random.nextInt(4),
                            mixed,
                            tree -> new long[] {random.nextInt(targets)});
        } while (trees.hasBareLeaf());
        List<AttributeProto> attributes = trees.linked(element, random.nextBoolean());
        attributes.add(integer("n_targets", targets));
        attributes.add(integer("aggregate_function", random.nextInt(4)));
        attributes.add(integer("post_transform", targets == 1 ? 0 : 3 * random.nextInt(2)));
        Tensor x = features(random, element);
        new LearningNode(5, "TreeEnsemble", x, symbolic).check(List.of("y"), attributes.toArray(AttributeProto[]::new));
    }

    /// ORT takes 1 for LOGISTIC and 2 for SOFTMAX; the standard has it the other way round.
    @Example
    void transformsOfEnsembles() throws IOException {
        var random = new Random(1);
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            RandomTrees trees;
            do {
                trees = new RandomTrees(random, FEATURES, 3, true, tree -> new long[] {tree});
            } while (trees.hasBareLeaf());
            List<AttributeProto> attributes = trees.linked(ElementType.FLOAT32, false);
            attributes.add(integer("n_targets", 3));
            Tensor x = new RandomTensors(1).floats(4, FEATURES);
            for (int transform = 1; transform <= 2; transform++) {
                attributes.add(integer("post_transform", 3 - transform));
                new LearningNode(5, "TreeEnsemble", x, true).model(List.of("y"), attributes).write(file);
                Map<String, Tensor> expected = OrtSession.run(file, Map.of("x", x));
                attributes.removeLast();
                attributes.add(integer("post_transform", transform));
                new LearningNode(5, "TreeEnsemble", x, true).model(List.of("y"), attributes).write(file);
                attributes.removeLast();
                CHECK.compare(
                        "transform " + transform,
                        expected,
                        new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(file), Map.of("x", x)));
            }
        } finally {
            Files.delete(file);
        }
    }
}

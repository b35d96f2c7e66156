package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Smaller operators of ORT's own domain against ORT, where its CPU kernels have them.
class OrtOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Property(tries = 60)
    void fusedMatMul(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean transA = choice.nextBoolean();
        boolean transB = choice.nextBoolean();
        boolean batchA = choice.nextBoolean();
        boolean batchB = choice.nextBoolean();
        boolean deep = choice.nextBoolean();
        var test = new OneNode(17, symbolic);
        test.input("a", random.floats(sides(deep, transA, batchA, 3, 5)));
        test.input("b", random.floats(sides(deep, transB, batchB, 5, 4)));
        var attributes =
                List.of(
                        real("alpha", seed % 2 == 0 ? 1 : 0.25f),
                        integer("transA", transA ? 1 : 0),
                        integer("transB", transB ? 1 : 0),
                        integer("transBatchA", batchA ? 1 : 0),
                        integer("transBatchB", batchB ? 1 : 0));
        test.check(CHECK, "com.microsoft:FusedMatMul", List.of("y"), attributes, 17);
    }

    /// Batch and matrix in the order the attributes say.
    private static long[] sides(boolean deep, boolean transposed, boolean batch, long rows, long columns) {
        long first = transposed ? columns : rows;
        long last = transposed ? rows : columns;
        if (batch) {
            return deep ? new long[] {first, 2, 3, last} : new long[] {first, 2, last};
        }
        return deep ? new long[] {2, 3, first, last} : new long[] {2, first, last};
    }

    @Property(tries = 40)
    void fusedGemm(@ForAll @IntRange(max = 6) int activation, @ForAll boolean biased, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var test = new OneNode(17, true).input("a", random.floats(3, 5)).constant("b", random.floats(5, 4));
        if (biased) {
            test.constant("c", random.floats(4));
        }
        String name =
                List.of("Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSigmoid", "ThresholdedRelu", "Elu")
                        .get(activation);
        var attributes = new ArrayList<>(List.of(text("activation", name), real("alpha", 0.5f)));
        if (List.of(1, 4, 5, 6).contains(activation)) {
            attributes.add(real("activation_alpha", 0.3f));
        }
        if (activation == 4) {
            attributes.add(real("activation_beta", 0.4f));
        }
        test.check(CHECK, "com.microsoft:FusedGemm", List.of("y"), attributes, 17);
    }

    @Property(tries = 40)
    void embedLayerNormalization(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean segments = choice.nextBoolean();
        boolean masked = choice.nextBoolean();
        boolean positioned = choice.nextBoolean();
        boolean sum = choice.nextBoolean();
        var test = new OneNode(17, symbolic).input("ids", random.integers(ElementType.INT32, 0, 7, 2, 4));
        if (segments) {
            test.input("segments", random.integers(ElementType.INT32, 0, 3, 2, 4));
        } else {
            test.absent(1);
        }
        test.constant("word", random.floats(7, 8)).constant("position", random.floats(6, 8));
        if (segments) {
            test.constant("segment", random.floats(3, 8));
        } else {
            test.absent(1);
        }
        test.constant("gamma", random.floats(8)).constant("beta", random.floats(8));
        if (masked) {
            test.input("mask", random.integers(ElementType.INT32, 0, 2, 2, 4));
        } else {
            test.absent(1);
        }
        if (positioned) {
            test.input("positions", random.integers(ElementType.INT32, 0, 6, 2, 4));
        }
        test.check(
                CHECK,
                "com.microsoft:EmbedLayerNormalization",
                sum ? List.of("y", "counts", "sum") : List.of("y", "counts"),
                List.of(real("epsilon", 1e-3f)),
                17);
    }

    @Property(tries = 40)
    void skipNormalizations(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean centered = choice.nextBoolean();
        boolean biased = choice.nextBoolean();
        boolean shifted = choice.nextBoolean();
        int skipKind = choice.nextInt(0, 3);
        var test = new OneNode(17, symbolic).input("x", random.floats(2, 3, 8), 2);
        if (skipKind == 0) {
            test.input("skip", random.floats(2, 3, 8), 2);
        } else {
            test.input(
                    "skip",
                    skipKind == 1 ? random.floats(1, 3, 8) : random.floats(3, 8),
                    skipKind == 1 ? 0 : 1,
                    skipKind == 1 ? 2 : 1);
        }
        test.constant("gamma", random.floats(8));
        if (centered && shifted) {
            test.constant("beta", random.floats(8));
        } else if (centered) {
            test.absent(1);
        }
        if (biased) {
            test.constant("bias", random.floats(8));
        }
        test.check(
                CHECK,
                centered ? "com.microsoft:SkipLayerNormalization" : "com.microsoft:SkipSimplifiedLayerNormalization",
                List.of("y", "", "", "sum"),
                List.of(real("epsilon", 1e-3f)),
                17,
                23);
    }

    /// Mean and inverse deviation of every form that has them, in both precisions.
    @Property(tries = 60)
    void statistics(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean simplified = choice.nextBoolean();
        boolean wide = choice.nextBoolean();
        int axis = choice.nextInt(-3, 3);
        boolean biased = choice.nextBoolean();
        Tensor x = random.floats(2, 3, 4);
        long[] normalized = java.util.Arrays.copyOfRange(x.sizes(), axis < 0 ? axis + 3 : axis, 3);
        var test = new OneNode(17, symbolic).input("x", as(wide, x), 0, 1, 2);
        test.constant("scale", as(wide, random.floats(normalized)));
        if (biased && !simplified) {
            test.constant("bias", as(wide, random.floats(normalized)));
        }
        var results = new ArrayList<>(simplified ? List.of("y", "deviation") : List.of("y", "mean", "deviation"));
        if (wide) {
            results.subList(1, results.size()).clear();
        }
        test.check(
                CHECK,
                simplified ? "SimplifiedLayerNormalization" : "LayerNormalization",
                results,
                List.of(integer("axis", axis), real("epsilon", 1e-2f)),
                13,
                17,
                23);
    }

    private static Tensor as(boolean wide, Tensor x) {
        return wide ? Tensor.ofReals(ElementType.FLOAT64, x.reals(), x.sizes()) : x;
    }

    @Property(tries = 20)
    void distances(@ForAll boolean euclidean, @ForAll boolean wide, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var test =
                new OneNode(17, symbolic)
                        .input("a", as(wide, random.floats(3, 5)))
                        .input("b", as(wide, random.floats(4, 5)));
        test.check(
                new RoundTrip(512),
                "com.microsoft:CDist",
                List.of("y"),
                List.of(text("metric", euclidean ? "euclidean" : "sqeuclidean")),
                17);
    }

    @Property(tries = 20)
    void expandDims(@ForAll @IntRange(min = -3, max = 2) int axis, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, true)
                .input("x", random.floats(3, 5))
                .constant("axis", Tensor.ofIntegers(ElementType.INT32, new long[] {axis}))
                .check(CHECK, "com.microsoft:ExpandDims", List.of("y"), List.of(), 17);
    }

    @Property(tries = 20)
    void padAndTriluAndGather(
            @ForAll boolean upper, @ForAll boolean flat, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, symbolic)
                .input("x", random.floats(3, 5))
                .check(CHECK, "com.microsoft:Trilu", List.of("y"), List.of(integer("upper", upper ? 1 : 0)), 17);
        Tensor pads =
                Tensor.ofIntegers(
                        ElementType.INT64, new long[] {1, 0, 2, 1}, flat ? new long[] {4} : new long[] {1, 4});
        new OneNode(17, symbolic)
                .input("x", random.floats(3, 5))
                .constant("pads", pads)
                .constant("value", random.floats(1))
                .check(CHECK, "com.microsoft:Pad", List.of("y"), List.of(text("mode", "constant")), 17);
        new OneNode(17, symbolic)
                .input("x", random.floats(3, 5))
                .input("at", random.integers(ElementType.INT64, 0, 3, 2, 2), 1)
                .check(CHECK, "com.microsoft:GatherND", List.of("y"), List.of(), 17);
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Products of ORT's own against ONNX Runtime: of 4-bit codes, of 16-bit integers, of experts, of quantized matrices inside
/// attention, and the recurrence of linear attention.
class OrtProductsTest {
    private static final RoundTrip CHECK = new RoundTrip(512);

    @Property(tries = 40)
    void bnb4(
            @ForAll @IntRange(max = 1) int type,
            @ForAll @IntRange(min = 1, max = 5) int inner,
            @ForAll boolean told,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        int columns = 7;
        int block = 16;
        int count = 9 * inner * columns;
        Tensor bytes = random.integers(ElementType.UINT8, 0, 256, (count + 1) / 2);
        Tensor greatest = random.floatsBetween(0.1, 2, (count + block - 1) / block);
        var test = new OneNode(17, symbolic).input("a", random.floats(2, 3, 9L * inner), 2);
        if (told) {
            test.input("b", bytes, 0).input("m", greatest, 0);
        } else {
            test.constant("b", bytes).constant("m", greatest);
        }
        test.check(
                CHECK,
                "com.microsoft:MatMulBnb4",
                List.of("y"),
                List.of(
                        integer("K", 9L * inner),
                        integer("N", columns),
                        integer("block_size", block),
                        integer("quant_type", type)),
                18);
    }

    @Property(tries = 20)
    void integers16(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, symbolic)
                .input("a", random.integers(ElementType.INT16, -32768, 32768, 2, 3, 4))
                .input("b", random.integers(ElementType.INT16, -32768, 32768, 4, 5))
                .check(new RoundTrip(0), "com.microsoft:MatMulInteger16", List.of("y"), List.of());
    }

    @Property(tries = 60)
    void quantizedLstm(
            @ForAll @IntRange(max = 2) int direction,
            @ForAll boolean perColumn,
            @ForAll boolean carried,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean signed = random.random().nextBoolean();
        ElementType element = signed ? ElementType.INT8 : ElementType.UINT8;
        long directions = direction == 2 ? 2 : 1;
        int length = 1 + random.random().nextInt(3);
        var test = new OneNode(17, symbolic).input("x", random.floats(length, 2, 5), 2);
        test.constant("w", random.integers(element, signed ? -128 : 0, signed ? 128 : 256, directions, 5, 12));
        test.constant("r", random.integers(element, signed ? -128 : 0, signed ? 128 : 256, directions, 3, 12));
        test.constant("b", random.floats(directions, 24));
        if (seed % 3 == 0) {
            test.input("lengths", random.integers(ElementType.INT32, 1, length + 1, 2));
        } else {
            test.absent(1);
        }
        if (carried) {
            test.input("h", random.floats(directions, 2, 3), 0, 2).input("c", random.floats(directions, 2, 3), 0, 2);
            test.constant("p", random.floats(directions, 9));
        } else {
            test.absent(3);
        }
        long[] sizes = perColumn ? new long[] {directions, 12} : new long[] {directions};
        long zero = signed ? 0 : 120;
        for (String name : List.of("W", "R")) {
            test.constant("s" + name, random.floatsBetween(0.005, 0.01, sizes));
            test.constant("z" + name, random.integers(element, zero, zero + 1, sizes));
        }
        test.check(
                CHECK,
                "com.microsoft:DynamicQuantizeLSTM",
                List.of("y", "hidden", "cell"),
                List.of(
                        text("direction", List.of("forward", "reverse", "bidirectional").get(direction)),
                        integer("hidden_size", 3)));
    }

    @Property(tries = 30)
    void inverses(
            @ForAll @IntRange(min = 1, max = 6) int size,
            @ForAll @IntRange(max = 2) int batches,
            @ForAll boolean wide,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = batches == 0 ? new long[] {size, size} : new long[] {batches, 2, size, size};
        double[] numbers = random.floatsBetween(-0.5, 0.5, sizes).reals();
        for (int i = 0; i < numbers.length; i++) {
            // The greatest of each row stands right of the diagonal, so that rows change places.
            int row = i / size % size;
            numbers[i] += i % size == (row + 1) % size ? size : 0;
        }
        new OneNode(17, symbolic)
                .input("x", Tensor.ofReals(wide ? ElementType.FLOAT64 : ElementType.FLOAT32, numbers, sizes))
                .check(CHECK, "com.microsoft:Inverse", List.of("y"), List.of());
    }

    @Property(tries = 80)
    void experts(
            @ForAll @IntRange(max = 4) int activation,
            @ForAll @IntRange(min = 1, max = 3) int k,
            @ForAll boolean biased,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean normalized = random.random().nextBoolean();
        String name = List.of("relu", "gelu", "silu", "identity", "swiglu").get(activation);
        int wide = name.equals("swiglu") ? 12 : 6;
        var test = new OneNode(17, symbolic).input("x", random.floats(2, 3, 4), 2);
        test.input("router", random.floats(6, 4), 1).constant("w1", random.floats(4, wide, 4));
        if (biased) {
            test.constant("b1", random.floats(4, wide));
        } else {
            test.absent(1);
        }
        test.constant("w2", random.floats(4, 4, 6));
        if (biased) {
            test.constant("b2", random.floats(4, 4));
        }
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(text("activation_type", name));
        attributes.add(integer("k", k));
        attributes.add(integer("normalize_routing_weights", normalized ? 1 : 0));
        if (name.equals("swiglu")) {
            attributes.add(integer("swiglu_fusion", 1));
            if (seed % 2 == 0) {
                attributes.add(real("activation_alpha", 1.702f));
                attributes.add(real("activation_beta", 1));
                attributes.add(real("swiglu_limit", 0.75f));
            }
        }
        test.check(CHECK, "com.microsoft:MoE", List.of("y"), attributes);
    }

    @Property(tries = 80)
    void quantizedAttention(
            @ForAll boolean masked,
            @ForAll boolean perColumn,
            @ForAll boolean cached,
            @ForAll boolean causal,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean signed = random.random().nextBoolean();
        ElementType weights = signed ? ElementType.INT8 : ElementType.UINT8;
        int least = signed ? -128 : 0;
        long past = cached ? 2 : 0;
        var test = new OneNode(17, seed % 2 == 0).input("x", random.integers(ElementType.UINT8, 0, 256, 2, 3, 5), 2);
        test.constant("w", random.integers(weights, least, least + 256, 5, 24)).constant("b", random.floats(24));
        test.constant("sx", random.floatsBetween(0.001, 0.01));
        test.constant("sw", perColumn ? random.floatsBetween(0.001, 0.01, 24) : random.floatsBetween(0.001, 0.01));
        if (masked) {
            test.input("mask", Tensor.ofIntegers(ElementType.INT32, new long[] {3 + past, 2 + past}, 2));
        } else {
            test.absent(1);
        }
        test.constant("zx", random.integers(ElementType.UINT8, 0, 256));
        test.constant(
                "zw",
                perColumn
                        ? random.integers(weights, least, least + 256, 24)
                        : random.integers(weights, least, least + 256));
        if (cached) {
            test.input("past", random.floats(2, 2, 2, past, 4), 0, 2, 4);
        }
        test.check(
                CHECK,
                "com.microsoft:QAttention",
                cached ? List.of("y", "present") : List.of("y"),
                List.of(integer("num_heads", 2), integer("unidirectional", causal ? 1 : 0)));
    }

    @Property(tries = 30)
    void quantizedEmbedding(
            @ForAll boolean segments, @ForAll boolean masked, @ForAll boolean signed, @ForAll long seed) {
        var random = new RandomTensors(seed);
        ElementType element = signed ? ElementType.INT8 : ElementType.UINT8;
        var test = new OneNode(17, seed % 2 == 0).input("ids", random.integers(ElementType.INT32, 0, 7, 2, 4));
        if (segments) {
            test.input("segments", random.integers(ElementType.INT32, 0, 3, 2, 4));
        } else {
            test.absent(1);
        }
        test.constant("word", table(random, element, 7, 8)).constant("position", table(random, element, 6, 8));
        if (segments) {
            test.constant("segment", table(random, element, 3, 8));
        } else {
            test.absent(1);
        }
        test.constant("gamma", table(random, element, 8)).constant("beta", table(random, element, 8));
        if (masked) {
            test.input("mask", random.integers(ElementType.INT32, 0, 2, 2, 4));
        } else {
            test.absent(1);
        }
        for (String name : List.of("word", "position", "segment", "gamma", "beta")) {
            if (name.equals("segment") && !segments) {
                test.absent(1);
            } else {
                test.constant(name + "Scale", random.floatsBetween(0.01, 0.1));
            }
        }
        for (String name : List.of("word", "position", "segment", "gamma", "beta")) {
            if (name.equals("segment") && !segments) {
                test.absent(1);
            } else {
                test.constant(name + "Zero", table(random, element));
            }
        }
        test.check(
                CHECK,
                "com.microsoft:QEmbedLayerNormalization",
                List.of("y", "counts"),
                List.of(real("epsilon", 1e-3f)));
    }

    private static Tensor table(RandomTensors random, ElementType element, long... sizes) {
        return random.integers(element, 0, 128, sizes);
    }

    @Property(tries = 100)
    void linearAttention(
            @ForAll @IntRange(max = 3) int rule,
            @ForAll @IntRange(max = 2) int sharing,
            @ForAll boolean carried,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean fine = random.random().nextBoolean();
        String name = List.of("linear", "gated", "delta", "gated_delta").get(rule);
        // Query heads and state heads.
        int heads = sharing == 0 ? 2 : sharing == 1 ? 4 : 2;
        int states = sharing == 2 ? 4 : 2;
        int length = 1 + random.random().nextInt(4);
        var test = new OneNode(17, symbolic).input("q", random.floats(2, length, heads * 3L), 2);
        test.input("k", random.floatsBetween(-0.5, 0.5, 2, length, states * 3L), 2);
        test.input("v", random.floats(2, length, states * 5L), 2);
        if (carried) {
            test.input("past", random.floats(2, states, 3, 5), 1, 2, 3);
        } else {
            test.absent(1);
        }
        if (name.startsWith("gated")) {
            test.input("g", random.floatsBetween(-2, 0, 2, length, fine ? states * 3L : states), 2);
        } else {
            test.absent(1);
        }
        if (name.endsWith("delta")) {
            test.input("rate", random.floatsBetween(0, 1, 2, length, fine ? states : 1), 2);
        }
        test.check(
                CHECK,
                "com.microsoft:LinearAttention",
                List.of("y", "present"),
                List.of(
                        integer("q_num_heads", heads),
                        integer("kv_num_heads", states),
                        text("update_rule", name),
                        real("scale", seed % 2 == 0 ? 0 : 0.7f)));
    }
}

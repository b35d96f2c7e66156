package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// `Attention`, `RotaryEmbedding` and `TensorScatter` of the standard against ONNX Runtime.
class AttentionOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    /// A boolean mask in which every row keeps its first key.
    private static Tensor keeping(RandomTensors random, long... sizes) {
        long[] drawn = random.integers(ElementType.BOOL, 0, 2, sizes).integers().clone();
        int width = (int) sizes[sizes.length - 1];
        for (int i = 0; i < drawn.length; i += width) {
            drawn[i] = 1;
        }
        return Tensor.ofIntegers(ElementType.BOOL, drawn, sizes);
    }

    private static Tensor mask(RandomTensors random, int kind, int queries, int keys) {
        return switch (kind) {
            case 1 -> random.floats(queries, keys);
            case 2 -> random.floats(2, 1, queries, keys);
            case 3 -> random.floats(1, 4, queries, keys);
            case 4 -> random.floats(4, queries, keys);
            case 5 -> keeping(random, queries, keys);
            case 6 -> keeping(random, 2, 4, queries, keys);
            default -> keeping(random, 2, 1, queries, keys);
        };
    }

    /// Heads as an axis of their own, or side by side.
    private static Tensor heads(RandomTensors random, boolean apart, long heads, long length, long size) {
        return apart ? random.floats(2, heads, length, size) : random.floats(2, length, heads * size);
    }

    @Property(tries = 150)
    void attention(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean apart = choice.nextBoolean();
        int sharing = choice.nextInt(0, 3);
        int maskKind = choice.nextInt(0, 8);
        boolean causal = choice.nextBoolean();
        boolean cached = choice.nextBoolean();
        boolean capped = choice.nextBoolean();
        int mode = choice.nextInt(-1, 4);
        int keyHeads = 4 >> sharing;
        int queries = 1 + random.random().nextInt(4);
        int past = cached ? random.random().nextInt(4) : 0;
        int coming = causal ? queries : 1 + random.random().nextInt(5);
        var test = new OneNode(causal ? 23 : 24, symbolic);
        int[] known = {apart ? 1 : 2, apart ? 3 : 2};
        test.input("q", heads(random, apart, 4, queries, 6), known);
        test.input("k", heads(random, apart, keyHeads, coming, 6), known);
        test.input("v", heads(random, apart, keyHeads, coming, 5), known);
        if (maskKind > 0) {
            test.input("mask", mask(random, maskKind, queries, past + coming), broadcast(maskKind));
        } else {
            test.absent(1);
        }
        if (cached) {
            test.input("pk", random.floats(2, keyHeads, past, 6), 1, 3);
            test.input("pv", random.floats(2, keyHeads, past, 5), 1, 3);
        }
        var attributes = new ArrayList<AttributeProto>();
        if (!apart) {
            attributes.addAll(List.of(integer("q_num_heads", 4), integer("kv_num_heads", keyHeads)));
        }
        if (seed % 2 == 0) {
            attributes.add(real("scale", 0.3f));
        }
        attributes.add(integer("is_causal", causal ? 1 : 0));
        attributes.add(real("softcap", capped ? 1.5f : 0));
        var results = new ArrayList<>(List.of("y"));
        if (cached || mode >= 0) {
            results.addAll(List.of("presentKey", "presentValue"));
        }
        if (mode >= 0) {
            // ONNX Runtime has the lowest number instead of negative infinity there.
            boolean never = mode == 2 && (causal || maskKind > 4);
            attributes.add(integer("qk_matmul_output_mode", never ? 1 : mode));
            results.add("scores");
        }
        test.check(CHECK, "Attention", results, attributes, 17, 24);
    }

    private static int[] broadcast(int maskKind) {
        return switch (maskKind) {
            case 2 -> new int[] {1};
            case 3 -> new int[] {0, 1};
            case 4 -> new int[] {0};
            case 6 -> new int[] {1};
            case 7 -> new int[] {1};
            default -> new int[0];
        };
    }

    /// Lengths of what counts, from none to all, with and without a causal mask aligned at their end.
    @Property(tries = 60)
    void attentionToSomeKeys(
            @ForAll boolean causal, @ForAll boolean masked, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        int queries = 1 + random.random().nextInt(3);
        var test = new OneNode(24, symbolic);
        test.input("q", random.floats(3, 2, queries, 4), 1, 3);
        test.input("k", random.floats(3, 2, 5, 4), 1, 3);
        test.input("v", random.floats(3, 2, 5, 4), 1, 3);
        if (masked) {
            test.input("mask", random.floats(queries, 5));
        } else {
            test.absent(1);
        }
        test.absent(2);
        test.input("lengths", random.integers(ElementType.INT64, causal ? queries : 0, 6, 3));
        test.check(CHECK, "Attention", List.of("y"), List.of(integer("is_causal", causal ? 1 : 0)), 24);
    }

    /// A query that no key is left for gives 0.
    @Property(tries = 20)
    void attentionToNoKey(@ForAll boolean bool, @ForAll long seed) {
        var random = new RandomTensors(seed);
        double never = Double.NEGATIVE_INFINITY;
        Tensor mask =
                bool
                        ? Tensor.ofIntegers(ElementType.BOOL, new long[] {0, 0, 0, 1, 0, 1}, 2, 3)
                        : Tensor.ofReals(ElementType.FLOAT32, new double[] {never, never, never, 1, never, 2}, 2, 3);
        var test = new OneNode(23, seed % 2 == 0);
        test.input("q", random.floats(2, 2, 2, 4), 1, 3);
        test.input("k", random.floats(2, 2, 3, 4), 1, 3);
        test.input("v", random.floats(2, 2, 3, 4), 1, 3);
        test.input("mask", mask);
        test.check(CHECK, "Attention", List.of("y"), List.of(), 24);
    }

    /// The other element types, with everything that has a step of its own.
    @Property(tries = 40)
    void otherTypes(@ForAll boolean wide, @ForAll boolean causal, @ForAll boolean capped, @ForAll long seed) {
        // ORT expands this case into nodes whose types do not fit each other; docs/ort-differences.md.
        Assume.that(!wide || !causal);
        var random = new RandomTensors(seed);
        ElementType element = wide ? ElementType.FLOAT64 : ElementType.FLOAT16;
        var test = new OneNode(24, seed % 2 == 0);
        test.input("q", as(element, random.floats(2, 4, 3, 6)), 1, 3);
        test.input("k", as(element, random.floats(2, 2, 3, 6)), 1, 3);
        test.input("v", as(element, random.floats(2, 2, 3, 5)), 1, 3);
        test.input("mask", as(element, random.floats(3, 5)), 0);
        test.input("pk", as(element, random.floats(2, 2, 2, 6)), 1, 3);
        test.input("pv", as(element, random.floats(2, 2, 2, 5)), 1, 3);
        var attributes = List.of(integer("is_causal", causal ? 1 : 0), real("softcap", capped ? 1.5f : 0));
        test.check(new RoundTrip(16), "Attention", List.of("y", "presentKey", "presentValue"), attributes);
    }

    private static Tensor as(ElementType element, Tensor x) {
        double[] rounded =
                Arrays.stream(x.reals())
                        .map(value -> element == ElementType.FLOAT64 ? value : FloatFormat.of(element).round(value))
                        .toArray();
        return Tensor.ofReals(element, rounded, x.sizes());
    }

    @Property(tries = 20)
    void normsOfOtherTypes(@ForAll boolean centered, @ForAll boolean wide, @ForAll long seed) {
        var random = new RandomTensors(seed);
        ElementType element = wide ? ElementType.FLOAT64 : ElementType.FLOAT16;
        new OneNode(wide ? 17 : 23, seed % 2 == 0)
                .input("x", as(element, random.floats(2, 3, 4)), 2)
                .input("scale", as(element, random.floats(4)), 0)
                .check(
                        new RoundTrip(16),
                        // ONNX Runtime has no RMSNormalization of float64, but its own operator of before.
                        centered ? "LayerNormalization" : wide ? "SimplifiedLayerNormalization" : "RMSNormalization",
                        List.of("y"),
                        List.of(real("epsilon", 1e-2f)));
    }

    @Property(tries = 80)
    void rotaryEmbedding(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean apart = choice.nextBoolean();
        boolean interleaved = choice.nextBoolean();
        boolean partly = choice.nextBoolean();
        boolean positioned = choice.nextBoolean();
        int length = 1 + random.random().nextInt(4);
        long half = partly ? 2 : 4;
        var test = new OneNode(23, symbolic);
        test.input(
                "x",
                apart ? random.floats(2, 3, length, 8) : random.floats(2, length, 24),
                apart ? 1 : 2,
                apart ? 3 : 2);
        long[] cache = positioned ? new long[] {9, half} : new long[] {2, length, half};
        test.input("cos", random.floats(cache), cache.length - 1);
        test.input("sin", random.floats(cache), cache.length - 1);
        if (positioned) {
            test.input("positions", random.integers(ElementType.INT64, 0, 9, 2, length));
        }
        var attributes = new ArrayList<>(List.of(integer("interleaved", interleaved ? 1 : 0)));
        if (partly) {
            attributes.add(integer("rotary_embedding_dim", 4));
        }
        if (!apart || partly) {
            attributes.add(integer("num_heads", 3));
        }
        test.check(CHECK, "RotaryEmbedding", List.of("y"), attributes, 17, 24);
    }

    @Property(tries = 60)
    void tensorScatter(
            @ForAll boolean circular,
            @ForAll boolean indexed,
            @ForAll boolean rank3,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        int update = random.random().nextInt(4);
        var test = new OneNode(24, symbolic);
        test.input("cache", rank3 ? random.floats(2, 5, 3) : random.floats(2, 2, 5, 3));
        test.input("update", rank3 ? random.floats(2, update, 3) : random.floats(2, 2, update, 3));
        if (indexed) {
            test.input("starts", random.integers(ElementType.INT64, 0, circular ? 5 : 6 - update, 2));
        }
        test.check(
                CHECK, "TensorScatter", List.of("y"), List.of(text("mode", circular ? "circular" : "linear")), 18, 24);
    }
}

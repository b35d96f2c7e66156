package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The attention operators of ORT's own domain against ORT.
class OrtAttentionTest {
    private static final RoundTrip CHECK = new RoundTrip(256);

    /// Which keys are there. Where nothing is added but what is left out, every query keeps its first key: beside -10000
    /// scores are rounded to thousandths.
    private static Tensor padding(RandomTensors random, int kind, boolean first, long... sizes) {
        long keys = sizes[2];
        if (kind < 3) {
            long[] all = kind == 1 ? new long[] {sizes[0], keys} : sizes;
            long[] drawn = random.integers(ElementType.INT32, 0, 2, all).integers().clone();
            for (int i = 0; first && i < drawn.length; i += (int) keys) {
                drawn[i] = 1;
            }
            return Tensor.ofIntegers(ElementType.INT32, drawn, all);
        }
        long[] ends = random.integers(ElementType.INT32, 1, keys + 1, sizes[0]).integers();
        long[] starts = Arrays.stream(ends).map(end -> first ? 0 : random.random().nextInt((int) end)).toArray();
        return kind == 3
                ? Tensor.ofIntegers(ElementType.INT32, ends, sizes[0])
                : Tensor.ofIntegers(ElementType.INT32, Longs.concat(ends, starts), 2 * sizes[0]);
    }

    @Property(tries = 120)
    void attention(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        int maskKind = choice.nextInt(0, 5);
        boolean causal = choice.nextBoolean();
        boolean cached = choice.nextBoolean();
        boolean added = choice.nextBoolean();
        boolean narrow = choice.nextBoolean();
        int length = 1 + random.random().nextInt(4);
        // A cache needs values as wide as keys.
        boolean uneven = narrow && !cached;
        int past = cached ? random.random().nextInt(3) : 0;
        int width = uneven ? 6 : 8;
        var test = new OneNode(17, symbolic).input("x", random.floats(2, length, 5), 2);
        test.constant("w", random.floats(5, 16 + width));
        test.constant("b", random.floats(16 + width));
        if (maskKind > 0) {
            Tensor mask = padding(random, maskKind, seed % 3 != 0, 2, length, past + length);
            test.input("mask", mask);
        } else {
            test.absent(1);
        }
        if (cached) {
            test.input("past", random.floats(2, 2, 2, past, 4), 0, 2, 4);
        } else {
            test.absent(1);
        }
        // ORT takes a bias or a cache.
        if (added && !cached) {
            test.input("bias", random.floats(1, 2, length, past + length), 0, 1);
        }
        var attributes = new ArrayList<>(List.of(integer("num_heads", 2), integer("unidirectional", causal ? 1 : 0)));
        if (uneven) {
            attributes.add(integers("qkv_hidden_sizes", 8, 8, 6));
        }
        if (seed % 2 == 0) {
            attributes.add(real("scale", 0.7f));
        }
        if (seed % 3 == 0) {
            attributes.add(real("mask_filter_value", -3.5f));
        }
        var results = cached ? List.of("y", "present") : List.of("y");
        test.check(CHECK, "com.microsoft:Attention", results, attributes, 17, 23);
    }

    /// A mask of one column says nothing.
    @Property(tries = 20)
    void attentionWithADummyMask(@ForAll boolean causal, @ForAll boolean one, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, false)
                .input("x", random.floats(2, 3, 5))
                .constant("w", random.floats(5, 24))
                .constant("b", random.floats(24))
                .input("mask", random.integers(ElementType.INT32, 0, 2, one ? 1 : 2, 1))
                .check(
                        CHECK,
                        "com.microsoft:Attention",
                        List.of("y"),
                        List.of(integer("num_heads", 2), integer("unidirectional", causal ? 1 : 0)),
                        17);
    }

    @Property(tries = 120)
    void multiHeadAttention(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        int maskKind = choice.nextInt(0, 4);
        boolean causal = choice.nextBoolean();
        int cacheKind = choice.nextInt(0, 3);
        boolean biased = choice.nextBoolean();
        boolean added = choice.nextBoolean();
        int queries = 1 + random.random().nextInt(4);
        int coming = cacheKind == 1 || causal ? queries : 1 + random.random().nextInt(4);
        int past = cacheKind == 1 ? random.random().nextInt(3) : 0;
        boolean apart = cacheKind == 2;
        var test = new OneNode(17, symbolic).input("q", random.floats(2, queries, 8), 2);
        test.input(
                "k",
                apart ? random.floats(2, 2, coming, 4) : random.floats(2, coming, 8),
                apart ? 1 : 2,
                apart ? 3 : 2);
        test.input(
                "v",
                apart ? random.floats(2, 2, coming, 4) : random.floats(2, coming, 8),
                apart ? 1 : 2,
                apart ? 3 : 2);
        if (biased && !apart) {
            test.constant("b", random.floats(24));
        } else {
            test.absent(1);
        }
        if (maskKind > 0) {
            test.input("mask", padding(random, maskKind, seed % 3 != 0, 2, queries, past + coming));
        } else {
            test.absent(1);
        }
        if (added) {
            test.input("bias", random.floats(2, 1, queries, past + coming), 1);
        } else {
            test.absent(1);
        }
        if (cacheKind == 1) {
            test.input("pk", random.floats(2, 2, past, 4), 1, 3).input("pv", random.floats(2, 2, past, 4), 1, 3);
        }
        var attributes = new ArrayList<>(List.of(integer("num_heads", 2), integer("unidirectional", causal ? 1 : 0)));
        if (seed % 3 == 0) {
            attributes.add(real("mask_filter_value", -3.5f));
        }
        var results = cacheKind == 1 ? List.of("y", "presentKey", "presentValue") : List.of("y");
        test.check(CHECK, "com.microsoft:MultiHeadAttention", results, attributes, 17, 23);
    }

    /// Four query heads and two key heads, in one operand or three.
    private static void addQueries(OneNode test, RandomTensors random, boolean packed, long batch, long length) {
        if (packed) {
            test.input("q", random.floats(batch, length, 8 * 16), 2).absent(2);
        } else {
            test.input("q", random.floats(batch, length, 4 * 16), 2);
            test.input("k", random.floats(batch, length, 2 * 16), 2);
            test.input("v", random.floats(batch, length, 2 * 16), 2);
        }
    }

    @Property(tries = 150)
    void groupQueryAttention(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        int cacheKind = choice.nextInt(0, 4);
        boolean packed = choice.nextBoolean();
        boolean rotary = choice.nextBoolean();
        boolean interleaved = choice.nextBoolean();
        boolean window = choice.nextBoolean();
        boolean capped = choice.nextBoolean();
        boolean smooth = choice.nextBoolean();
        // 0: a prompt; 1: a prompt whose sequences are of different length; 2: one more each; 3: more of one.
        int batch = cacheKind == 3 ? 1 : 2;
        int past = cacheKind < 2 ? 0 : 1 + random.random().nextInt(4);
        int coming = cacheKind == 2 ? 1 : 2 + random.random().nextInt(3);
        int total = past + coming;
        int open = cacheKind == 1 || cacheKind == 2 ? total - coming : 0;
        long[] last = random.random().longs(batch, total - 1L - open, total).toArray();
        var test = new OneNode(17, symbolic);
        addQueries(test, random, packed, batch, coming);
        if (cacheKind > 1) {
            test.input("pk", random.floats(batch, 2, past, 16), 1, 3)
                    .input("pv", random.floats(batch, 2, past, 16), 1, 3);
        } else {
            test.absent(2);
        }
        test.input("last", Tensor.ofIntegers(ElementType.INT32, last, batch));
        test.constant("total", Tensor.ofIntegers(ElementType.INT32, new long[] {total}));
        if (rotary) {
            test.constant("cos", random.floats(16, 8)).constant("sin", random.floats(16, 8));
        }
        var attributes =
                new ArrayList<AttributeProto>(
                        List.of(
                                integer("num_heads", 4),
                                integer("kv_num_heads", 2),
                                integer("do_rotary", rotary ? 1 : 0),
                                integer("rotary_interleaved", interleaved ? 1 : 0)));
        attributes.add(integer("local_window_size", window ? 2 : -1));
        attributes.add(real("softcap", capped ? 0.8f : 0));
        attributes.add(integer("smooth_softmax", smooth ? 1 : 0));
        test.check(
                CHECK,
                "com.microsoft:GroupQueryAttention",
                List.of("y", "presentKey", "presentValue"),
                attributes,
                17,
                23);
    }

    @Property(tries = 60)
    void rotaryEmbedding(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var choice = random.random();
        boolean apart = choice.nextBoolean();
        boolean interleaved = choice.nextBoolean();
        boolean single = choice.nextBoolean();
        boolean partly = choice.nextBoolean();
        int length = 1 + random.random().nextInt(4);
        var test = new OneNode(17, symbolic);
        test.input(
                "x",
                apart ? random.floats(2, 3, length, 8) : random.floats(2, length, 24),
                apart ? 1 : 2,
                apart ? 3 : 2);
        test.input(
                "positions",
                single
                        ? random.integers(ElementType.INT64, 0, 4, 1)
                        : random.integers(ElementType.INT64, 0, 9, 2, length),
                0);
        long half = partly ? 2 : 4;
        test.constant("cos", random.floats(9, half)).constant("sin", random.floats(9, half));
        var attributes = new ArrayList<>(List.of(integer("interleaved", interleaved ? 1 : 0)));
        if (partly) {
            attributes.add(integer("rotary_embedding_dim", 4));
            attributes.add(integer("num_heads", 3));
        }
        test.check(CHECK, "com.microsoft:RotaryEmbedding", List.of("y"), attributes, 17);
    }
}

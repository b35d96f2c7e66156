package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention over head sizes, groups of heads, lengths, masks and views.
final class AttentionCodeTest {
    private static final Dim B = Dim.symbol("b");
    private static final Dim Q = Dim.symbol("q");
    private static final Dim K = Dim.symbol("k");
    private static final List<ImmutableMap<String, Long>> SIZES =
            List.of(sizes(1, 1, 1), sizes(2, 5, 7), sizes(1, 16, 16), sizes(2, 33, 20), sizes(1, 3, 70));

    private static ImmutableMap<String, Long> sizes(long batch, long queries, long keys) {
        return ImmutableMap.of("b", batch, "q", queries, "k", keys);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64, 70})
    void headSizes(long size) {
        var random = new RandomCase(size);
        random.outputOf(
                new Attention(2, 2, 1 / Math.sqrt((double) size)),
                random.floats(B, Q, Dim.of(2 * size)),
                random.floats(B, K, Dim.of(2 * size)),
                random.floats(B, K, Dim.of(2 * size)));
        Compiled.check(random, SIZES);
    }

    /// Query heads share key heads; values are wider or narrower than keys.
    @ParameterizedTest
    @CsvSource({"4, 1, 8, 8", "4, 2, 5, 3", "6, 3, 16, 33", "3, 3, 32, 1", "12, 4, 2, 9"})
    void groupedHeads(int heads, int keyHeads, long size, long valueSize) {
        var random = new RandomCase(heads + size);
        random.outputOf(
                new Attention(heads, keyHeads, 0.4),
                random.floats(B, Q, Dim.of(heads * size)),
                random.floats(B, K, Dim.of(keyHeads * size)),
                random.floats(B, K, Dim.of(keyHeads * valueSize)),
                random.floats(Q, K));
        Compiled.check(random, SIZES);
    }

    /// Every way a mask can be broadcast.
    @ParameterizedTest
    @ValueSource(longs = {8, 32})
    void masks(long size) {
        var random = new RandomCase(size);
        Value query = random.floats(B, Q, Dim.of(3 * size));
        Value key = random.floats(B, K, Dim.of(3 * size));
        Value value = random.floats(B, K, Dim.of(3 * size));
        Dim heads = Dim.of(3);
        List<Value> masks =
                List.of(
                        random.input(ElementType.FLOAT32, Shape.SCALAR, -1, 1),
                        random.floats(K),
                        random.floats(Q, Dim.ONE),
                        random.floats(Q, K),
                        random.floats(heads, Dim.ONE, K),
                        random.floats(heads, Q, K),
                        random.floats(B, Dim.ONE, Dim.ONE, K),
                        random.floats(B, Dim.ONE, Q, K),
                        random.floats(Dim.ONE, heads, Q, K),
                        random.floats(B, heads, Q, K),
                        random.floats(B, heads, Q, Dim.ONE),
                        random.apply(new Transpose(ImmutableList.of(0, 1, 3, 2)), random.floats(B, heads, K, Q)));
        for (Value mask : masks) {
            random.outputOf(new Attention(3, 3, 0.3), query, key, value, mask);
        }
        Compiled.check(random, SIZES);
    }

    /// Keys that are masked out with the numbers models use; some rows are masked out as a whole.
    @ParameterizedTest
    @ValueSource(doubles = {-10000, -3.4028234663852886e38, Double.NEGATIVE_INFINITY})
    void maskedOut(double never) {
        var random = new RandomCase(5);
        Value keep = random.input(ElementType.BOOL, Shape.of(B, Dim.ONE, Q, K), 0, 2);
        Value zero = random.constant(TensorData.scalar(ElementType.FLOAT32, 0));
        Value mask =
                random.apply(new Where(), keep, zero, random.constant(TensorData.scalar(ElementType.FLOAT32, never)));
        random.outputOf(
                new Attention(2, 2, 0.25),
                random.floats(B, Q, Dim.of(32)),
                random.floats(B, K, Dim.of(32)),
                random.floats(B, K, Dim.of(32)),
                mask);
        Compiled.check(random, never == -10000 ? SIZES.subList(3, 5) : SIZES);
    }

    /// Queries, keys and values side by side in one tensor, as merged products leave them.
    @Test
    void slicesOfOneTensor() {
        var random = new RandomCase(6);
        Value all = random.floats(B, Q, Dim.of(96));
        Value query = random.apply(Slice.along(all.shape(), 2, Dim.ZERO, Dim.of(32)), all);
        Value key = random.apply(Slice.along(all.shape(), 2, Dim.of(32), Dim.of(32)), all);
        Value value = random.apply(Slice.along(all.shape(), 2, Dim.of(64), Dim.of(32)), all);
        random.outputOf(new Attention(2, 2, 0.25), query, key, value);
        Value last = random.apply(Slice.along(query.shape(), 1, Q.minus(Dim.ONE), Dim.ONE), query);
        random.outputOf(new Attention(4, 4, 0.25), last, key, value);
        Value turned = random.apply(new Transpose(ImmutableList.of(1, 0, 2)), key);
        random.outputOf(
                new Attention(1, 1, 0.25),
                turned,
                turned,
                random.apply(new Transpose(ImmutableList.of(1, 0, 2)), value));
        Compiled.check(random, SIZES);
    }

    /// Float64 has kernels of its own: groups of heads, masks, views and an empty mask operand.
    @Test
    void doubles() {
        var random = new RandomCase(8);
        ElementType element = ElementType.FLOAT64;
        Value query = random.input(element, Shape.of(B, Q, Dim.of(24)), -1, 1);
        Value key = random.input(element, Shape.of(B, K, Dim.of(12)), -1, 1);
        Value value = random.input(element, Shape.of(B, K, Dim.of(10)), -1, 1);
        random.outputOf(new Attention(4, 2, 0.5), query, key, value);
        random.outputOf(new Attention(4, 2, 0.5), query, key, value, Value.ABSENT);
        random.outputOf(new Attention(4, 2, 0.5), query, key, value, random.input(element, Shape.of(Q, K), -1, 1));
        Value all = random.input(element, Shape.of(Q, B, Dim.of(12)), -1, 1);
        Value turned = random.apply(new Transpose(ImmutableList.of(1, 0, 2)), all);
        Value part = random.apply(Slice.along(turned.shape(), 2, Dim.of(4), Dim.of(4)), turned);
        random.outputOf(new Attention(2, 2, 0.25), part, part, part);
        Compiled.check(random, SIZES);
    }

    /// 16-bit floats are computed as float32.
    @Test
    void halves() {
        var random = new RandomCase(7);
        ElementType element = ElementType.FLOAT16;
        random.outputOf(
                new Attention(2, 1, 0.5),
                random.input(element, Shape.of(B, Q, Dim.of(6)), -1, 1),
                random.input(element, Shape.of(B, K, Dim.of(3)), -1, 1),
                random.input(element, Shape.of(B, K, Dim.of(5)), -1, 1),
                random.input(element, Shape.of(Q, K), -1, 1));
        Compiled.check(random, SIZES);
    }

    /// Keys that are read backwards or are constants: kernels must not read past their ends.
    @Test
    void reversedAndConstantKeys() {
        var random = new RandomCase(9);
        Value key = random.floats(B, K, Dim.of(64));
        var backwards =
                new Slice(
                        ImmutableList.of(Dim.ZERO, K.minus(Dim.ONE), Dim.ZERO),
                        ImmutableList.of(B, K, Dim.of(64)),
                        ImmutableList.of(1L, -1L, 1L));
        Value reversed = random.apply(backwards, key);
        random.outputOf(new Attention(2, 2, 0.25), reversed, reversed, reversed);
        Value constant = random.constant(2, 5, 64);
        random.outputOf(new Attention(2, 2, 0.25), random.floats(Dim.of(2), Q, Dim.of(64)), constant, constant);
        Compiled.check(random, SIZES);
    }

    /// No keys, no queries, no batch: nothing to write, or rows of zeros.
    @Test
    void emptySizes() {
        var random = new RandomCase(8);
        random.outputOf(
                new Attention(2, 2, 0.5),
                random.floats(B, Q, Dim.of(16)),
                random.floats(B, K, Dim.of(16)),
                random.floats(B, K, Dim.of(16)));
        Compiled.check(random, List.of(sizes(0, 3, 3), sizes(2, 0, 3), sizes(2, 3, 0)));
    }
}

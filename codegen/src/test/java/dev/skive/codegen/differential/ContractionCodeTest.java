package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Products: with constant and computed matrices, of every rank, of odd sizes, and with everything that is fused behind
/// them.
final class ContractionCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final long[] WIDTHS = {1, 5, 31, 32, 33, 64, 70};

    private static List<ImmutableMap<String, Long>> sizes(long... sizes) {
        return LongStream.of(sizes).mapToObj(n -> ImmutableMap.of("n", n)).toList();
    }

    /// Widths around the panels of packed weights, rows around the register block.
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 16, 33, 70})
    void linearOfEveryWidth(long k) {
        var random = new RandomCase(k);
        Value x = random.floats(N, Dim.of(k));
        for (long n : WIDTHS) {
            random.outputOf(new Linear(), x, random.constant(k, n), random.constant(n));
            random.outputOf(new MatMul(), x, random.constant(k, n));
        }
        long[] rows = {0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 23, 24, 25, 50, 100};
        Compiled.check(random, sizes(rows));
    }

    /// Activations, residuals and norms behind a product, alone and together, on odd and even widths.
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 33, 64, 70})
    void tails(long width) {
        var random = new RandomCase(width);
        Value x = random.floats(N, Dim.of(37));
        Value other = random.floats(N, Dim.of(width));
        var activations =
                ImmutableList.<Op>of(
                        new Relu(),
                        new Tanh(),
                        new Sigmoid(),
                        new Gelu(Gelu.Form.ERF),
                        new Gelu(Gelu.Form.TANH),
                        new Sqrt());
        for (Op activation : activations) {
            random.outputOf(activation, product(random, x, width));
        }
        random.output(layerNorm(random, product(random, x, width), true));
        random.output(layerNorm(random, product(random, x, width), false));
        random.output(rmsNorm(random, product(random, x, width)));
        random.outputOf(new Add(), product(random, x, width), other);
        random.output(layerNorm(random, random.apply(new Add(), other, product(random, x, width)), true));
        Value all = random.apply(new Add(), random.apply(new Relu(), product(random, x, width)), other);
        random.output(rmsNorm(random, all));
        Compiled.check(random, sizes(0, 1, 3, 12, 29));
    }

    private static Value product(RandomCase random, Value x, long width) {
        long k = x.shape().last().known();
        return random.apply(new Linear(), x, random.constant(k, width), random.constant(width));
    }

    private static Value layerNorm(RandomCase random, Value x, boolean bias) {
        long width = x.shape().last().known();
        int axis = x.shape().rank() - 1;
        return bias
                ? random.apply(new LayerNorm(axis, 1e-3), x, random.constant(width), random.constant(width))
                : random.apply(new LayerNorm(axis, 1e-3), x, random.constant(width));
    }

    private static Value rmsNorm(RandomCase random, Value x) {
        return random.apply(new RmsNorm(x.shape().rank() - 1, 1e-3), x, random.constant(x.shape().last().known()));
    }

    /// Inputs that are slices and transpositions, results that are read in pieces, a residual used twice.
    @Test
    void stridedOperands() {
        var random = new RandomCase(11);
        Value x = random.floats(Dim.of(2), N, Dim.of(48));
        Value part = random.apply(Slice.along(x.shape(), 2, Dim.of(7), Dim.of(20)), x);
        Value rows = random.apply(Slice.along(x.shape(), 1, N.minus(Dim.ONE), Dim.ONE), x);
        Value turned = random.apply(new Transpose(ImmutableList.of(1, 0, 2)), part);
        Value columns = random.apply(new Transpose(ImmutableList.of(0, 2, 1)), rows);
        random.output(product(random, part, 33));
        random.output(product(random, rows, 9));
        random.output(product(random, turned, 33));
        random.output(product(random, columns, 5));
        Value wide = product(random, x, 96);
        Value left = random.apply(Slice.along(wide.shape(), 2, Dim.ZERO, Dim.of(48)), wide);
        Value right = random.apply(Slice.along(wide.shape(), 2, Dim.of(48), Dim.of(48)), wide);
        Value sum = random.apply(new Add(), product(random, left, 48), right);
        random.output(layerNorm(random, sum, true));
        random.outputOf(new Mul(), sum, left);
        Compiled.check(random, sizes(1, 4, 13));
    }

    /// Operands of ranks 1 to 4, batch axes broadcast, contiguous and transposed.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT32", "INT8", "UINT64"})
    void computedMatrices(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Dim k = Dim.of(6);
        List<Value> left =
                List.of(
                        input(random, element, k),
                        input(random, element, N, k),
                        input(random, element, Dim.of(3), N, k),
                        input(random, element, Dim.of(2), Dim.ONE, N, k));
        List<Value> right =
                List.of(
                        input(random, element, k),
                        input(random, element, k, Dim.of(7)),
                        input(random, element, Dim.ONE, k, Dim.of(7)),
                        input(random, element, Dim.of(2), Dim.of(3), k, Dim.of(7)),
                        random.apply(new Transpose(ImmutableList.of(1, 0)), input(random, element, Dim.of(4), k)));
        for (Value a : left) {
            for (Value b : right) {
                random.outputOf(new MatMul(), a, b);
            }
        }
        Value stacked = input(random, element, k, N, Dim.of(2));
        Value turned = random.apply(new Transpose(ImmutableList.of(2, 1, 0)), stacked);
        random.outputOf(new MatMul(), turned, right.get(1));
        if (element.isReal()) {
            random.outputOf(new Linear(), left.get(2), right.get(1), input(random, element, Dim.of(7)));
            random.outputOf(new Linear(), left.get(0), right.get(4));
        }
        Compiled.check(random, sizes(0, 1, 5));
    }

    private static Value input(RandomCase random, ElementType element, Dim... dims) {
        return random.input(element, Shape.of(dims), element.isReal() ? -2 : -100, element.isReal() ? 2 : 100);
    }

    /// Rows that are read backwards, are constants, or lie far apart: kernels must not read past their ends.
    @Test
    void reversedAndConstantRows() {
        var random = new RandomCase(13);
        Value x = random.floats(N, Dim.of(33));
        Value reversed =
                random.apply(
                        new Slice(
                                ImmutableList.of(N.minus(Dim.ONE), Dim.ZERO),
                                ImmutableList.of(N, Dim.of(33)),
                                ImmutableList.of(-1L, 1L)),
                        x);
        random.output(product(random, reversed, 5));
        random.output(product(random, random.constant(3, 33), 40));
        Value repeated = random.apply(new Expand(ImmutableList.of(N, Dim.of(40))), random.constant(1, 40));
        random.outputOf(new Add(), product(random, x, 40), repeated);
        Value far = random.floats(Dim.of(3), N.times(33));
        random.output(product(random, random.apply(Slice.along(far.shape(), 1, Dim.ZERO, Dim.of(33)), far), 7));
        Compiled.check(random, sizes(1, 2, 7));
    }

    /// A sum over no terms is zero.
    @Test
    void emptySums() {
        var random = new RandomCase(12);
        Value a = random.floats(Dim.of(3), N);
        Value b = random.floats(N, Dim.of(4));
        random.outputOf(new MatMul(), a, b);
        random.outputOf(new Linear(), a, b, random.constant(4));
        Compiled.check(random, sizes(0, 1, 40));
    }
}

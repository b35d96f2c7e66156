package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Convolutions and pooling of any rank, type and window.
final class WindowedCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final Dim W = Dim.symbol("w");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(1L, 3L).map(n -> ImmutableMap.of("n", n, "w", 5 * n + 2)).toList();

    private static Window window(RandomCase random, int rank) {
        var strides = ImmutableList.<Long>builder();
        var dilations = ImmutableList.<Long>builder();
        var before = ImmutableList.<Dim>builder();
        var after = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < rank; axis++) {
            strides.add((long) random.from(1, 3));
            dilations.add((long) random.from(1, 3));
            before.add(Dim.of(random.from(0, 2)));
            after.add(Dim.of(random.from(0, 2)));
        }
        return new Window(strides.build(), dilations.build(), before.build(), after.build());
    }

    private static Value image(RandomCase random, ElementType element, int rank, long channels) {
        var dims = ImmutableList.<Dim>builder().add(N, Dim.of(channels));
        dims.addAll(Collections.nCopies(rank - 1, Dim.of(8)));
        return random.input(element, Shape.of(dims.add(W).build()), -2, 2);
    }

    private static Value weight(RandomCase random, ElementType element, int rank, long first, long second) {
        long[] sizes =
                IntStream.range(0, rank + 2)
                        .mapToLong(axis -> axis == 0 ? first : axis == 1 ? second : random.from(1, 3))
                        .toArray();
        return element == ElementType.FLOAT32 && random.from(0, 2) > 0
                ? random.constant(sizes)
                : random.input(element, Shape.of(sizes), -1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void convolutions(int rank) {
        var random = new RandomCase(rank);
        for (int round = 0; round < 12; round++) {
            ElementType element =
                    random.one(ElementType.FLOAT32, ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16);
            int groups = random.one(1, 1, 2, 4);
            int inside = random.from(1, 5);
            int outside = random.one(1, 3, 7, 18);
            Value x = image(random, element, rank, (long) groups * inside);
            Value weight = weight(random, element, rank, (long) groups * outside, inside);
            var op = new Conv(window(random, rank), groups);
            if (random.accepts(op, x, weight)) {
                Value bias = random.input(element, Shape.of((long) groups * outside), -1, 1);
                random.output(random.from(0, 1) == 0 ? random.apply(op, x, weight) : random.apply(op, x, weight, bias));
            }
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void transposedConvolutions(int rank) {
        var random = new RandomCase(rank + 10);
        for (int round = 0; round < 8; round++) {
            ElementType element = random.one(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.BFLOAT16);
            int groups = random.one(1, 1, 2);
            int inside = random.from(1, 5);
            int outside = random.from(1, 5);
            Value x = image(random, element, rank, (long) groups * inside);
            Value weight = weight(random, element, rank, (long) groups * inside, outside);
            var op = new ConvTranspose(window(random, rank), groups);
            if (random.accepts(op, x, weight)) {
                Value bias = random.input(element, Shape.of((long) groups * outside), -1, 1);
                random.output(random.from(0, 1) == 0 ? random.apply(op, x, weight) : random.apply(op, x, weight, bias));
            }
        }
        Compiled.check(random, SIZES);
    }

    /// Kernels as large as the stride, larger and smaller, as models use them to enlarge pictures.
    @ParameterizedTest
    @CsvSource({"2, 2, 0, 0", "4, 2, 1, 1", "3, 2, 1, 0", "3, 2, 0, -1", "5, 3, 2, 2", "2, 4, 0, 0", "1, 3, 0, -2"})
    void enlarging(long kernel, long stride, long before, long after) {
        var random = new RandomCase(kernel * stride);
        var padding = ImmutableList.of(Dim.of(before), Dim.of(before));
        var ends = ImmutableList.of(Dim.of(after), Dim.of(after));
        var window = new Window(ImmutableList.of(stride, stride), ImmutableList.of(1L, 1L), padding, ends);
        for (int groups : new int[] {1, 2, 6}) {
            Value x = random.floats(N, Dim.of(6), Dim.of(5), W);
            Value weight = random.constant(6, 3, kernel, kernel);
            random.outputOf(new ConvTranspose(window, groups), x, weight, random.constant(3L * groups));
            random.outputOf(new ConvTranspose(window, groups), x, weight);
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "INT8", "UINT8", "INT64", "UINT64"})
    void pooling(ElementType element) {
        var random = new RandomCase(element.bits());
        for (int rank = 1; rank <= 3; rank++) {
            Value x = image(random, element, rank, 2);
            for (boolean ceil : new boolean[] {false, true}) {
                var kernel =
                        IntStream.range(0, rank)
                                .mapToObj(axis -> (long) random.from(1, 3))
                                .collect(ImmutableList.toImmutableList());
                var pooling = new Pooling(kernel, window(random, rank), ceil);
                random.outputOf(new MaxPool(pooling), x);
                random.outputOf(new MaxPoolIndex(pooling, false), x);
                random.outputOf(new MaxPoolIndex(pooling, true), x);
                if (element.isReal()) {
                    random.outputOf(new AveragePool(pooling, false), x);
                    random.outputOf(new AveragePool(pooling, true), x);
                    for (int p = 1; p < 4; p++) {
                        random.outputOf(new LpPool(pooling, p), x);
                    }
                }
            }
        }
        Compiled.check(random, SIZES);
    }

    /// Blocks of channels and panels of positions of every size, followed by what joins the kernel.
    @Test
    void blocks() {
        var random = new RandomCase(3);
        for (int outside : new int[] {4, 8, 12, 13, 24, 35}) {
            Value x = random.floats(Dim.of(2), Dim.of(3), N, W);
            Value y = random.apply(new Conv(Window.simple(2), 1), x, random.constant(outside, 3, 1, 1));
            Value bounded = random.apply(new Relu(), y);
            Value other = random.floats(Dim.of(2), Dim.of(outside), N, W);
            random.outputOf(new Add(), other, bounded);
            Value gate = random.apply(new Conv(Window.simple(2), 1), x, random.constant(outside, 3, 1, 1));
            random.outputOf(new Mul(), random.apply(new Sigmoid(), gate), gate);
            Value both = random.apply(new Conv(Window.simple(2), 1), x, random.constant(outside, 3, 1, 1));
            random.output(both);
            random.outputOf(new Relu(), both);
        }
        Value x = random.floats(Dim.of(2), Dim.of(8), N.plus(2), W.plus(2));
        Value each = random.apply(new Conv(Window.simple(2), 8), x, random.constant(8, 1, 3, 3));
        Value small = random.apply(new Min(), each, random.constant(TensorData.scalar(ElementType.FLOAT32, 0.5)));
        random.outputOf(new Add(), small, random.floats(Dim.of(2), Dim.of(8), N, W));
        random.outputOf(new MatMul(), random.floats(1, 70), random.constant(70, 10));
        Compiled.check(random, SIZES);
    }

    /// Rows of positions as long as whole panels, whose windows are read where they lie.
    @ParameterizedTest
    @ValueSource(ints = {1, 13, 28})
    void longRows(int outside) {
        var random = new RandomCase(outside);
        random.outputOf(new Relu(), random.floats(N, W));
        Value x = random.floats(N, Dim.of(6), Dim.of(7), W.times(10));
        for (int groups : new int[] {1, 2}) {
            long rows = (long) groups * outside;
            Value weight = random.constant(rows, 6 / groups, 3, 3);
            Window near = Window.simple(2);
            random.outputOf(new Relu(), random.apply(new Conv(near, groups), x, weight, random.constant(rows)));
            random.outputOf(new Conv(Window.strided(ImmutableList.of(2L, 2L)), groups), x, weight);
            var apart = new Window(near.strides(), ImmutableList.of(1L, 2L), near.before(), near.after());
            random.outputOf(new Conv(apart, groups), x, weight);
        }
        Value space = random.floats(N, Dim.of(3), Dim.of(3), Dim.of(3), W.times(5));
        random.outputOf(new Conv(Window.simple(3), 1), space, random.constant(outside, 3, 2, 2, 2));
        Compiled.check(random, SIZES);
    }

    /// So few positions that they are rows rather than panels, alone or behind the last whole panel.
    @ParameterizedTest
    @ValueSource(ints = {16, 45, 150})
    void fewPositions(int channels) {
        var random = new RandomCase(channels);
        random.outputOf(new Relu(), random.floats(N, W));
        Value row = random.floats(N, Dim.of(channels), W.minus(Dim.of(4)));
        Value y = random.apply(new Conv(Window.simple(1), 1), row, random.constant(7, channels, 3), random.constant(7));
        random.outputOf(new Relu(), y);
        Value plane = random.floats(N, Dim.of(2L * channels), Dim.of(3), W.minus(Dim.of(5)));
        random.outputOf(new Conv(Window.simple(2), 2), plane, random.constant(26, channels, 2, 2));
        random.outputOf(
                new Conv(Window.strided(ImmutableList.of(2L, 2L)), 1), plane, random.constant(5, 2L * channels, 2, 1));
        Value wide = random.floats(Dim.of(2), Dim.of(channels), Dim.of(5), N.plus(6));
        random.outputOf(new Conv(Window.simple(2), 1), wide, random.constant(14, channels, 1, 1));
        Value space = random.floats(Dim.of(1), Dim.of(channels), Dim.of(3), Dim.of(2), N);
        random.outputOf(new Conv(Window.simple(3), 1), space, random.constant(9, channels, 2, 1, 1));
        Compiled.check(random, SIZES);
    }

    /// Operands that are views, sizes of zero, and padding that depends on sizes.
    @Test
    void unusualOperands() {
        var random = new RandomCase(7);
        Value x = random.floats(Dim.of(6), N, W, Dim.of(4));
        Value moved = random.apply(new Transpose(ImmutableList.of(1, 3, 2, 0)), x);
        random.outputOf(new Conv(Window.simple(2), 1), moved, random.constant(3, 4, 2, 2));
        random.outputOf(new MaxPool(new Pooling(ImmutableList.of(2L, 2L), Window.simple(2), false)), moved);
        Window stepped = Window.strided(ImmutableList.of(2L, 2L));
        Window same = stepped.same(List.of(W, Dim.of(6)), List.of(Dim.of(3), Dim.of(3)), true);
        random.outputOf(new Conv(same, 2), moved, random.constant(4, 2, 3, 3));
        Value none = random.floats(0, 2, 5, 5);
        random.outputOf(new Conv(Window.simple(2), 1), none, random.constant(3, 2, 3, 3));
        Value empty = random.floats(2, 0, 5, 5);
        random.outputOf(new Conv(Window.simple(2), 1), empty, random.constant(3, 0, 3, 3), random.constant(3));
        Value short5 = random.floats(1, 2, 2, 5);
        random.outputOf(new Conv(Window.simple(2), 1), short5, random.constant(3, 2, 3, 3));
        Compiled.check(random, SIZES);
    }
}

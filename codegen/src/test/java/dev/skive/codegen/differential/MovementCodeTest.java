package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operators that move elements, alone, in random sequences, and in front of operators that compute.
final class MovementCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final Dim M = Dim.symbol("m");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(List.of(2L, 1L), List.of(3L, 17L))
                    .map(sizes -> ImmutableMap.of("n", sizes.get(0), "m", sizes.get(1)))
                    .toList();
    private static final int STEPS = 5;
    private static final int CHAINS = 6;

    /// Several chains of movements in one graph, each read by an operator that computes.
    @Property(tries = 40)
    void chainsOfMovements(@ForAll long seed) {
        var random = new RandomCase(seed);
        for (int chain = 0; chain < CHAINS; chain++) {
            Value value = random.floats(N, Dim.of(random.from(1, 4)), M, Dim.of(random.from(1, 6)));
            int steps = random.from(1, STEPS);
            for (int i = 0; i < steps; i++) {
                value = random.apply(Movements.any(random, value.shape()), value);
            }
            random.output(read(random, value));
            if (random.random().nextBoolean()) {
                random.output(value);
            }
        }
        Compiled.check(random, SIZES);
    }

    private static Value read(RandomCase random, Value x) {
        int rank = x.shape().rank();
        return switch (random.from(0, 5)) {
            case 0 -> random.apply(new Tanh(), x);
            case 1 -> random.apply(new ReduceSum(ImmutableList.of(random.from(0, rank - 1)), false), x);
            case 2 -> random.apply(new Softmax(random.from(0, rank - 1)), x);
            case 3 -> random.apply(new Concat(random.from(0, rank - 1)), x, x);
            case 4 ->
                    random.apply(
                            new Gather(random.from(0, rank - 1)),
                            x,
                            random.input(ElementType.INT32, Shape.of(3), 0, 1));
            default -> rank < 2 ? x : random.apply(new MatMul(), x, random.apply(new Transpose(lastTwo(rank)), x));
        };
    }

    private static ImmutableList<Integer> lastTwo(int rank) {
        var perm = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(perm, rank - 1, rank - 2);
        return ImmutableList.copyOf(perm);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {
                "FLOAT32",
                "FLOAT64",
                "FLOAT16",
                "BFLOAT16",
                "INT64",
                "INT32",
                "INT16",
                "INT8",
                "UINT64",
                "UINT32",
                "UINT16",
                "UINT8",
                "BOOL"
            })
    void everyType(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(N, Dim.of(3), M), 0, 2);
        Value y = random.input(element, Shape.of(N, Dim.of(2), M), 0, 2);
        Value turned = random.apply(new Transpose(ImmutableList.of(2, 0, 1)), x);
        random.output(turned);
        random.output(random.apply(new Reshape(ImmutableList.of(M.times(N), Dim.of(3))), turned));
        random.outputOf(new Concat(1), y, x, y);
        random.outputOf(new Gather(1), x, random.input(ElementType.INT64, Shape.of(2, 2), -3, 3));
        random.outputOf(new Gather(0), turned, random.input(ElementType.UINT8, Shape.SCALAR, 0, 1));
        random.output(x);
        Compiled.check(random, SIZES);
    }

    /// Constant indices become views; others are looked up, from either end.
    @Test
    void gathers() {
        var random = new RandomCase(1);
        Value x = random.floats(N, Dim.of(4), M);
        for (double index : new double[] {0, 3, -1, -4}) {
            random.outputOf(new Gather(1), x, random.constant(TensorData.scalar(ElementType.INT64, index)));
        }
        random.outputOf(new Gather(2), x, random.constant(TensorData.scalar(ElementType.INT64, -1)));
        random.outputOf(new Gather(1), x, random.constant(TensorData.ofLongs(new long[] {3, 0, -2, 3}, 4)));
        random.outputOf(new Gather(0), random.constant(9, 5), random.input(ElementType.INT32, Shape.of(N, M), -9, 9));
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT8"})
    void ranges(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value start = random.input(element, Shape.SCALAR, 0, 9);
        Value step = random.input(element, Shape.SCALAR, 1, 5);
        random.outputOf(new Range(N.plus(M)), start, step);
        random.outputOf(new Range(Dim.of(100)), start, step);
        // A symbol has to occur in a shape to be known.
        random.outputOf(new Tanh(), random.floats(N, M));
        Compiled.check(random, SIZES);
    }

    /// Sizes as data: they are inputs of ordinary arithmetic, and of what is computed from it.
    @Test
    void sizesAsData() {
        var random = new RandomCase(2);
        Value x = random.floats(N, Dim.of(3), M);
        Value sizes = random.apply(new ShapeOf(0, 3), x);
        random.output(sizes);
        Value last = random.apply(new Gather(0), sizes, random.constant(TensorData.scalar(ElementType.INT64, 2)));
        random.outputOf(new Mul(), last, last);
        random.output(random.apply(new Mul(), random.apply(new Cast(ElementType.FLOAT32), last), x));
        random.outputOf(new Add(), sizes, random.input(ElementType.INT64, Shape.of(3), -5, 5));
        random.outputOf(new Concat(0), sizes, random.apply(new ShapeOf(1, 2), x));
        for (ElementType element : List.of(ElementType.INT32, ElementType.UINT16, ElementType.INT8)) {
            random.outputOf(new Cast(element), sizes);
        }
        Compiled.check(random, SIZES);
    }

    /// Nothing moves nowhere.
    @Test
    void emptySizes() {
        var random = new RandomCase(3);
        Value x = random.floats(N, Dim.of(3), M);
        random.outputOf(new Concat(0), x, x);
        random.outputOf(new Tanh(), random.apply(new Transpose(ImmutableList.of(2, 1, 0)), x));
        random.output(
                random.apply(
                        new Reshape(ImmutableList.of(M.times(3), N)),
                        random.apply(new Transpose(ImmutableList.of(2, 1, 0)), x)));
        random.outputOf(new Gather(1), x, random.input(ElementType.INT64, Shape.of(4), 0, 3));
        Compiled.check(random, List.of(ImmutableMap.of("n", 0L, "m", 4L), ImmutableMap.of("n", 2L, "m", 0L)));
    }
}

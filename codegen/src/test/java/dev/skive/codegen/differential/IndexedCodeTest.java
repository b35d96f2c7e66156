package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.op.Det;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.GatherNd;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Padding, gathers and scatters by index, searches and running sums, on every element type and on strided operands.
final class IndexedCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(1L, 9L).map(n -> ImmutableMap.of("n", n)).toList();
    private static final ImmutableList<Integer> TURN = ImmutableList.of(2, 0, 1);

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
    void movements(ElementType element) {
        var random = new RandomCase(element.bits());
        Value x = random.input(element, Shape.of(Dim.of(3), N, Dim.of(5)), 0, 2);
        Value moved = random.apply(new Transpose(TURN), x);
        Value value = random.input(element, Shape.SCALAR, 0, 2);
        var before = ImmutableList.of(Dim.of(2), Dim.ZERO, Dim.of(11));
        var after = ImmutableList.of(Dim.ZERO, N, Dim.ONE);
        for (Pad.Mode mode : Pad.Mode.values()) {
            var pad = new Pad(before, after, mode);
            for (Value operand : List.of(x, moved)) {
                random.output(
                        mode == Pad.Mode.CONSTANT ? random.apply(pad, operand, value) : random.apply(pad, operand));
            }
        }
        Value ids = random.input(ElementType.INT64, Shape.of(Dim.of(2), N, Dim.of(4)), -3, 3);
        random.outputOf(new GatherElements(0), x, ids);
        Value narrow = random.input(ElementType.INT32, Shape.of(Dim.of(5), Dim.of(2), N), -3, 3);
        random.outputOf(new GatherElements(1), moved, narrow);
        Value tuples = random.input(ElementType.INT64, Shape.of(Dim.of(4), N, Dim.of(2)), 0, 1);
        random.outputOf(new GatherNd(0), x, tuples);
        random.outputOf(new GatherNd(0), moved, tuples);
        random.outputOf(new GatherNd(1), x, random.input(ElementType.INT64, Shape.of(3, 2, 1), 0, 1));
        Value updates = random.input(element, Shape.of(Dim.of(2), N, Dim.of(4)), 0, 2);
        random.outputOf(new ScatterElements(0, Combination.REPLACE), x, ids, updates);
        Value slices = random.input(element, Shape.of(Dim.of(4), N, Dim.of(5)), 0, 2);
        random.outputOf(new ScatterNd(Combination.REPLACE), x, tuples, slices);
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {
                "FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT64", "UINT32", "UINT16",
                "UINT8"
            })
    void numbers(ElementType element) {
        var random = new RandomCase(element.bits());
        double most = element.isReal() ? 2 : Math.scalb(1.0, Math.min(62, element.bits()));
        Value x = random.input(element, Shape.of(Dim.of(3), N, Dim.of(5)), -most, most);
        Value few = random.input(element, Shape.of(Dim.of(3), N, Dim.of(5)), 0, 2);
        Value moved = random.apply(new Transpose(TURN), x);
        for (boolean flag : new boolean[] {false, true}) {
            for (int axis = 0; axis < 3; axis++) {
                random.outputOf(new ArgMax(axis, flag, !flag), x);
                random.outputOf(new ArgMin(axis, !flag, flag), moved);
                random.outputOf(new ArgMax(axis, true, flag), few);
                random.outputOf(new CumProd(axis, flag, true), x);
                random.outputOf(new CumProd(axis, !flag, false), moved);
                random.outputOf(new CumSum(axis, flag, true), x);
                random.outputOf(new CumSum(axis, flag, false), moved);
            }
        }
        Value ids = random.input(ElementType.INT64, Shape.of(Dim.of(2), N, Dim.of(4)), -3, 3);
        Value updates = random.input(element, Shape.of(Dim.of(2), N, Dim.of(4)), -most, most);
        Value tuples = random.input(ElementType.INT64, Shape.of(Dim.of(4), Dim.ONE), -3, 3);
        Value slices = random.input(element, Shape.of(Dim.of(4), N, Dim.of(5)), -most, most);
        for (Combination combination : Combination.values()) {
            random.outputOf(new ScatterElements(0, combination), x, ids, updates);
            random.outputOf(new ScatterNd(combination), x, tuples, slices);
        }
        Compiled.check(random, SIZES);
    }

    /// Zeros of both signs are equal, NaN is chosen in the first place only.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64"})
    void specialValues(ElementType element) {
        var random = new RandomCase(1);
        double[] values = {
            Double.NaN, 1, 2, 1, Double.NaN, 2, 0, -0.0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 3
        };
        Value x = random.constant(TensorData.ofReals(element, values, 4, 3));
        for (boolean last : new boolean[] {false, true}) {
            random.outputOf(new ArgMax(1, false, last), x);
            random.outputOf(new ArgMin(1, false, last), x);
            random.outputOf(new CumProd(1, last, !last), x);
            random.outputOf(new CumSum(1, last, last), x);
        }
        Compiled.check(random, List.of(ImmutableMap.of()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16"})
    void determinants(ElementType element) {
        var random = new RandomCase(element.bits());
        Value x = random.input(element, Shape.of(Dim.of(2), N, Dim.of(4), Dim.of(4)), -2, 2);
        random.outputOf(new Det(), x);
        random.outputOf(new Det(), random.apply(new Transpose(ImmutableList.of(1, 0, 3, 2)), x));
        random.outputOf(new Det(), random.input(element, Shape.of(N, N), -2, 2));
        random.outputOf(new Det(), random.constant(TensorData.ofReals(element, new double[0], 3, 0, 0)));
        random.outputOf(new Det(), random.constant(TensorData.ofReals(element, new double[] {1, 2, 2, 4}, 2, 2)));
        Compiled.check(random, SIZES);
    }
}

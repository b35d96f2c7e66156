package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Resize.Axis;
import dev.skive.ir.op.Resize.Coordinates;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Resizing in every mode, on every element type and on strided operands.
final class ResizeCodeTest {
    private static final Dim H = Dim.symbol("h");
    private static final Dim W = Dim.symbol("w");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(new long[] {1, 1}, new long[] {5, 3}, new long[] {4, 17})
                    .map(sizes -> ImmutableMap.of("h", sizes[0], "w", sizes[1]))
                    .toList();

    private static List<ResizeFilter> sums() {
        var filters = new ArrayList<ResizeFilter>();
        for (boolean flag : new boolean[] {false, true}) {
            filters.add(new ResizeFilter.Linear(flag, true));
            filters.add(new ResizeFilter.Cubic(-0.75f, flag, true));
            filters.add(new ResizeFilter.Cubic(-0.5, flag, false));
        }
        filters.add(new ResizeFilter.Linear(false, false));
        return filters;
    }

    private static List<ResizeFilter> nearest() {
        return Stream.of(ResizeFilter.Rounding.values()).<ResizeFilter>map(ResizeFilter.Nearest::new).toList();
    }

    /// Scales, and sizes that follow from others.
    private static List<ImmutableList<Axis>> axes() {
        return List.of(
                ImmutableList.of(Axis.of(2, H.times(2), 2), Axis.of(3, W.times(2), 2)),
                ImmutableList.of(Axis.of(2, H.times(3).floorDivide(5), 0.6f), Axis.of(3, W, 1.01f)),
                ImmutableList.of(Axis.of(1, H, 0), Axis.of(3, Dim.of(7), 0)),
                ImmutableList.of(new Axis(2, W, 0, -0.2, 0.9), new Axis(3, Dim.ONE, 0, 0.3, 1.1)));
    }

    private static void resize(RandomCase random, List<ResizeFilter> filters, Value... operands) {
        for (ResizeFilter filter : filters) {
            for (ImmutableList<Axis> axes : axes()) {
                for (Value operand : operands) {
                    Coordinates coordinates = random.one(Coordinates.values());
                    random.outputOf(new Resize(axes, coordinates, filter, 3), operand);
                }
            }
        }
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
                "UINT8",
                "BOOL"
            })
    void takesTheNearest(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(Dim.of(2), Dim.of(3), H, W), 0, 2);
        resize(random, nearest(), x, random.apply(new Transpose(ImmutableList.of(1, 0, 2, 3)), x));
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT8", "UINT64", "UINT8"})
    void sums(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        double most = element.isReal() ? 2 : 100;
        Value x =
                random.input(
                        element,
                        Shape.of(Dim.of(2), Dim.of(3), H, W),
                        element.kind() == ElementType.Kind.UNSIGNED ? 0 : -most,
                        most);
        resize(random, sums(), x);
        Compiled.check(random, SIZES);
    }
}

package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every reduction over every set of axes, of contiguous and strided operands, on every element type.
final class ReductionCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(1L, 9L).map(n -> ImmutableMap.of("n", n)).toList();

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {
                "FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT64", "UINT32", "UINT16",
                "UINT8"
            })
    void everySetOfAxes(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        double most = element.isReal() ? 1.5 : Math.scalb(1.0, Math.min(62, element.bits()));
        Value x = random.input(element, Shape.of(Dim.of(3), N, Dim.of(5)), element.isReal() ? 0.25 : -most, most);
        Value moved = random.apply(new Transpose(ImmutableList.of(2, 0, 1)), x);
        for (int set = 0; set < 8; set++) {
            var axes = ImmutableList.<Integer>builder();
            for (int axis = 0; axis < 3; axis++) {
                if ((set >> axis & 1) == 1) {
                    axes.add(axis);
                }
            }
            for (Op op : reductions(axes.build(), set % 3 == 0)) {
                random.outputOf(op, x);
                random.outputOf(op, moved);
            }
        }
        Compiled.check(random, SIZES);
    }

    /// Reductions of nothing give their start.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "INT64", "INT8", "UINT64"})
    void nothing(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(Dim.of(3), N), 0, 9);
        reductions(ImmutableList.of(1), false).forEach(op -> random.outputOf(op, x));
        Compiled.check(random, List.of(ImmutableMap.of("n", 0L)));
    }

    private static List<Op> reductions(ImmutableList<Integer> axes, boolean keep) {
        return List.of(
                new ReduceMax(axes, keep),
                new ReduceMean(axes, keep),
                new ReduceMin(axes, keep),
                new ReduceProd(axes, keep),
                new ReduceSum(axes, keep));
    }
}

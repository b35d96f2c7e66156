package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Shape;
import java.util.List;

/// Normalizations that no kernel knows, in their parts.
final class Normalizations {
    /// ONNX adds it to the deviation.
    private static final double EPSILON = 1e-9;

    /// Since this opset `MeanVarianceNormalization` takes axes.
    private static final int AXES = 9;

    private Normalizations() {}

    /// `LpNormalization`: `x / |x|` along an axis; 0 where the norm is 0.
    static Value lp(NodeContext node) {
        Term x = Term.operand(node, 0);
        var axes = ImmutableList.of(node.shape(0).axis(node.attributes().integer("axis", -1)));
        long p = node.attributes().integer("p", 2);
        if (p != 1 && p != 2) {
            throw node.failure("attribute 'p' must be 1 or 2, found %s", p);
        }
        Term sizes = p == 1 ? x.with(new Abs()) : x.times(x);
        Term sum = sizes.with(new ReduceSum(axes, true));
        Term norm = p == 1 ? sum : sum.with(new Sqrt());
        return norm.isEqual(0).choose(x.number(0), x.over(norm)).value();
    }

    /// `MeanVarianceNormalization`: `(x - mean) / (deviation + 1e-9)`.
    static Value meanVariance(NodeContext node) {
        Term x = Term.operand(node, 0);
        Shape shape = node.shape(0);
        var axes =
                meanAxes(node).stream().map(shape::axis).sorted().distinct().collect(ImmutableList.toImmutableList());
        Term centred = x.minus(x.with(new ReduceMean(axes, true)));
        if (node.opset() < AXES && !node.attributes().flag("normalize_variance", true)) {
            return centred.value();
        }
        Term variance = centred.times(centred).with(new ReduceMean(axes, true));
        return centred.over(variance.with(new Sqrt()).plus(EPSILON)).value();
    }

    /// Before opset 9, when the operator was an experiment, it said whether channels are taken together.
    private static List<Long> meanAxes(NodeContext node) {
        if (node.opset() < AXES) {
            node.attributes().ignore("normalize_variance");
            return node.attributes().flag("across_channels", false) ? List.of(0L, 1L, 2L, 3L) : List.of(0L, 2L, 3L);
        }
        return node.attributes().integers("axes").<List<Long>>map(list -> list).orElse(List.of(0L, 2L, 3L));
    }
}

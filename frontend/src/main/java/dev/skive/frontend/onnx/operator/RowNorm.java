package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.ElementType;
import java.util.Optional;
import java.util.stream.IntStream;

/// The normalization of the axes of a value from one on, and its statistics.
///
/// @param node the ONNX node
/// @param x what is normalized
/// @param axis the first normalized axis
/// @param epsilon added to the variance
/// @param centered whether the mean is subtracted
record RowNorm(NodeContext node, Value x, int axis, float epsilon, boolean centered) {
    /// The normalized value, scaled and shifted. Factors of another element type (ORT) are taken as that of the value.
    Value normalized(Value scale, Optional<Value> shift) {
        var layout = new Layout(node);
        ElementType element = x.tensor().element();
        Value factor = layout.cast(scale, element);
        if (!centered) {
            Value y = node.add(new RmsNorm(axis, epsilon), x, factor);
            return shift.map(bias -> new Term(node, y).plus(new Term(node, layout.cast(bias, element))).value())
                    .orElse(y);
        }
        var op = new LayerNorm(axis, epsilon);
        return shift.map(bias -> node.add(op, x, factor, layout.cast(bias, element)))
                .orElseGet(() -> node.add(op, x, factor));
    }

    /// The mean, with size 1 on the normalized axes.
    Value mean(ElementType element) {
        return mean(new Term(node, x).as(element)).value();
    }

    /// `1 / sqrt(variance + epsilon)`, with size 1 on the normalized axes.
    Value inverseDeviation(ElementType element) {
        Term wide = new Term(node, x).as(element);
        Term moved = centered ? wide.minus(mean(wide)) : wide;
        Term root = mean(moved.times(moved)).plus(epsilon).with(new Sqrt());
        return root.number(1).over(root).value();
    }

    private Term mean(Term term) {
        ImmutableList<Integer> axes =
                IntStream.range(axis, x.shape().rank()).boxed().collect(ImmutableList.toImmutableList());
        return term.with(new ReduceMean(axes, true));
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// ORT's `GroupNorm` and `SkipGroupNorm`: the channels of a picture, last unless `channels_last` is 0, are normalized in
/// groups, scaled, shifted, and perhaps multiplied by their sigmoid. Result 1 of the latter is the sum that is normalized.
///
/// @param skips which of the two
record OrtGroupNorm(boolean skips) implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        boolean last = node.attributes().flag("channels_last", true);
        long groups = node.attributes().integer("groups", 0);
        Value sum = skips ? sum(node) : node.operand(0);
        var layout = new Layout(node);
        Value picture = last ? layout.transpose(sum, 0, 3, 1, 2) : sum;
        Term y = normalized(node, picture, groups);
        boolean swish = node.attributes().integer("activation", 0) == 1;
        Value active = (swish ? y.times(y.with(new Sigmoid())) : y).as(sum.tensor().element()).value();
        return ImmutableList.of(last ? layout.transpose(active, 0, 2, 3, 1) : active, sum);
    }

    private static Value sum(NodeContext node) {
        var layout = new Layout(node);
        Value skip = node.operand(3);
        Shape shape = skip.shape();
        // One skip per channel, [batch, channels], serves every pixel.
        Value wide = shape.rank() == 2 ? layout.reshape(skip, shape.dim(0), Dim.ONE, Dim.ONE, shape.dim(1)) : skip;
        Term sum = Term.operand(node, 0).plus(new Term(node, wide));
        return node.optional(4).map(bias -> sum.plus(new Term(node, bias)).value()).orElse(sum.value());
    }

    private static Term normalized(NodeContext node, Value picture, long groups) {
        Shape shape = picture.shape();
        if (shape.rank() != 4 || groups < 1) {
            throw node.failure("%s groups of %s", groups, picture.type());
        }
        var layout = new Layout(node);
        ElementType element = picture.tensor().element();
        ElementType wide = element == ElementType.FLOAT64 ? element : ElementType.FLOAT32;
        Dim width = shape.slice(1, 4).elementCount().floorDivide(groups);
        var axes = ImmutableList.of(2);
        Value rows = layout.reshape(layout.cast(picture, wide), shape.dim(0), Dim.of(groups), width);
        Term x = new Term(node, rows);
        Term moved = x.minus(x.with(new ReduceMean(axes, true)));
        Term variance = moved.times(moved).with(new ReduceMean(axes, true));
        Term unit = moved.over(variance.plus(node.attributes().real("epsilon", 1e-5f)).with(new Sqrt()));
        Term back = new Term(node, layout.reshape(unit.value(), shape));
        return back.times(channel(layout, 1, wide)).plus(channel(layout, 2, wide));
    }

    private static Term channel(Layout layout, int index, ElementType element) {
        Value factor = layout.cast(layout.node().operand(index), element);
        return new Term(layout.node(), layout.reshape(factor, factor.shape().dim(0), Dim.ONE, Dim.ONE));
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;

/// Grids of places, and samples at them.
final class GridImporters {
    private GridImporters() {}

    /// `GridSample`, whose modes have other names since opset 20.
    static Value gridSample(NodeContext node) {
        String mode = node.attributes().text("mode", "linear");
        String padding = node.attributes().text("padding_mode", "zeros");
        GridSample.Interpolation interpolation =
                switch (mode) {
                    case "linear", "bilinear" -> GridSample.Interpolation.LINEAR;
                    case "nearest" -> GridSample.Interpolation.NEAREST;
                    case "cubic", "bicubic" -> GridSample.Interpolation.CUBIC;
                    default -> throw node.failure("attribute 'mode' is '%s'", mode);
                };
        GridSample.Padding outside =
                switch (padding) {
                    case "zeros" -> GridSample.Padding.ZEROS;
                    case "border" -> GridSample.Padding.BORDER;
                    case "reflection" -> GridSample.Padding.REFLECTION;
                    default -> throw node.failure("attribute 'padding_mode' is '%s'", padding);
                };
        boolean align = node.attributes().flag("align_corners", false);
        boolean isBool = node.element(0) == ElementType.BOOL;
        if (isBool && interpolation != GridSample.Interpolation.NEAREST) {
            throw node.failure("nothing lies between booleans: attribute 'mode' is '%s'", mode);
        }
        var image = new Term(node, node.operand(0));
        Value result =
                node.add(
                        new GridSample(interpolation, outside, align),
                        (isBool ? image.as(ElementType.UINT8) : image).value(),
                        node.operand(1));
        return isBool ? new Term(node, result).as(ElementType.BOOL).value() : result;
    }

    /// `AffineGrid`: every place of a regular grid from -1 to 1, last axis first, times a matrix, plus a vector.
    static Value affineGrid(NodeContext node) {
        ImmutableList<Dim> size = node.sizes(1);
        Value theta = node.operand(0);
        int axes = size.size() - 2;
        if (axes < 1 || theta.shape().rank() != 3 || theta.shape().dim(1).differsFrom(Dim.of(axes))) {
            throw node.failure("matrices %s do not fit an image of sizes %s", theta.type(), size);
        }
        boolean align = node.attributes().flag("align_corners", false);
        ImmutableList<Dim> image = size.subList(2, size.size());
        var points = ImmutableList.<Dim>builder().addAll(image).add(Dim.ONE).build();
        var parts = new ArrayList<Value>();
        for (int axis = axes - 1; axis >= 0; axis--) {
            Value along = places(node, theta, image.get(axis), align);
            Value column = new Positions(node).before(along, axes - axis);
            parts.add(node.add(new Expand(points), column));
        }
        Value one = node.scalar(theta, 1);
        parts.add(node.add(new Expand(points), one));
        Value base = node.add(new Concat(axes), parts.toArray(Value[]::new));
        Dim count = image.stream().reduce(Dim.ONE, Dim::times);
        Value rows = node.add(new Reshape(ImmutableList.of(count, Dim.of(axes + 1L))), base);
        Value moved = node.add(new MatMul(), rows, node.add(new Transpose(ImmutableList.of(0, 2, 1)), theta));
        var dims = ImmutableList.<Dim>builder().add(size.getFirst()).addAll(image).add(Dim.of(axes));
        return node.add(new Reshape(dims.build()), moved);
    }

    /// `(2 i + 1) / n - 1`, or `2 i / (n - 1) - 1` when the corners are aligned; a single one is then at -1.
    private static Value places(NodeContext node, Value like, Dim size, boolean align) {
        ElementType element = like.tensor().element();
        ElementType computed = element == ElementType.FLOAT64 ? element : ElementType.FLOAT32;
        Value count = node.add(new Reshape(ImmutableList.of()), sizeOf(node, size));
        Term n = new Term(node, node.add(new Cast(computed), count));
        Value index = node.add(new Range(size), integer(node, 0), integer(node, 1));
        Term i = new Term(node, node.add(new Cast(computed), index));
        Term place = align ? i.times(2).over(n.minus(1).max(1)).minus(1) : i.times(2).plus(1).over(n).minus(1);
        return place.as(element).value();
    }

    private static Value integer(NodeContext node, long value) {
        return node.constant(TensorData.ofLongs(new long[] {value}));
    }

    /// A size as a value: the number of places on an axis.
    static Value sizeOf(NodeContext node, Dim size) {
        if (size.isKnown()) {
            return node.constant(TensorData.ofLongs(new long[] {size.known()}, 1));
        }
        Value range = node.add(new Range(size), integer(node, 0), integer(node, 1));
        return node.add(new dev.skive.ir.op.ShapeOf(0, 1), range);
    }
}

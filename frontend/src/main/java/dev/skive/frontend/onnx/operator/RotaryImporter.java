package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Gather;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// `RotaryEmbedding` (opset 23) and the form of ORT before it, which has the positions second and may give a single one
/// for the first element of every sequence.
///
/// @param isStandard which of the two
record RotaryImporter(boolean isStandard) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        var layout = new Layout(node);
        Value x = node.operand(0);
        boolean interleaved = node.attributes().flag("interleaved", false);
        int rotated = Math.toIntExact(node.attributes().integer("rotary_embedding_dim", 0));
        if (!isStandard) {
            // Says how sequences of different length are packed, which does not change what is computed here.
            node.attributes().ignore("is_packed_batching");
            node.attributes().ignore("scale");
        }
        long heads = node.attributes().integer("num_heads", 0);
        Value cos = cache(node, isStandard ? 1 : 2);
        Value sin = cache(node, isStandard ? 2 : 3);
        var rotation = new Rotation(cos, sin, rotated, interleaved);
        if (x.shape().rank() == 4) {
            return rotate(layout, x, rotation);
        }
        if (x.shape().rank() != 3) {
            throw node.failure("the operand must have rank 3 or 4, found %s", x.type());
        }
        Value apart = layout.apart(x, heads(node, x, heads, rotated));
        return layout.joined(rotate(layout, apart, rotation));
    }

    /// ORT takes the size of a head from the cache when the number of heads is left out.
    private static int heads(NodeContext node, Value x, long given, int rotated) {
        if (given > 0) {
            return Math.toIntExact(given);
        }
        Dim half = node.shape(node.operands().size() - 1).last();
        if (rotated > 0 || !half.isKnown() || half.is(0) || !x.shape().last().isKnown()) {
            throw node.failure("attribute 'num_heads' is missing");
        }
        return Math.toIntExact(x.shape().last().known() / (2 * half.known()));
    }

    /// Cosines or sines per position, `[batch or 1, 1, length, half]`.
    private Value cache(NodeContext node, int index) {
        var layout = new Layout(node);
        Value table = node.operand(index);
        int at = isStandard ? 3 : 1;
        if (!node.has(at)) {
            Shape shape = table.shape();
            if (shape.rank() != 3) {
                throw node.failure("a cache without positions must have rank 3, found %s", table.type());
            }
            return layout.reshape(table, shape.dim(0), Dim.ONE, shape.dim(1), shape.dim(2));
        }
        Value ids = node.operand(at);
        return looked(layout, table, isStandard || ids.shape().rank() == 2 ? ids : following(node, ids));
    }

    /// Rows of a table for positions `[batch, length]`.
    static Value looked(Layout layout, Value table, Value positions) {
        Value rows = layout.node().add(new Gather(0), table, positions);
        Shape shape = rows.shape();
        return layout.reshape(rows, shape.dim(0), Dim.ONE, shape.dim(1), shape.dim(2));
    }

    private static Value following(NodeContext node, Value first) {
        Value x = node.operand(0);
        var positions = new Positions(node);
        Value along = positions.along(x.shape().dim(x.shape().rank() - 2));
        Value all = node.add(new Add(), along, positions.scalar(first));
        return new Layout(node).reshape(all, Dim.ONE, along.shape().dim(0));
    }

    /// How elements are turned.
    ///
    /// @param cos `[batch or 1, 1, length, half]`
    /// @param sin the same
    /// @param elements how many elements of a head are turned, 0 for all
    /// @param interleaved whether pairs are neighbours, not the two halves
    record Rotation(Value cos, Value sin, int elements, boolean interleaved) {}

    /// Turns pairs of elements of `[batch, heads, length, size]` by angles.
    static Value rotate(Layout layout, Value x, Rotation rotation) {
        boolean interleaved = rotation.interleaved;
        Dim size = x.shape().last();
        Dim turned = rotation.elements == 0 ? size : Dim.of(rotation.elements);
        Dim half =
                turned.divideExactly(Dim.of(2))
                        .orElseThrow(
                                () -> layout.node().failure("%s elements of a head cannot be turned in pairs", turned));
        Value part = layout.slice(x, 3, Dim.ZERO, turned);
        Value pairs = paired(layout, part, half, interleaved);
        int axis = interleaved ? 4 : 3;
        Shape one = pairs.shape().with(axis, Dim.ONE);
        Shape single = part.shape().with(3, half);
        Value first = layout.reshape(layout.slice(pairs, axis, Dim.ZERO, Dim.ONE), single);
        Value second = layout.reshape(layout.slice(pairs, axis, Dim.ONE, Dim.ONE), single);
        Value c = layout.slice(rotation.cos, 3, Dim.ZERO, half);
        Value s = layout.slice(rotation.sin, 3, Dim.ZERO, half);
        var node = layout.node();
        Term a = new Term(node, first);
        Term b = new Term(node, second);
        Term real = a.times(new Term(node, c)).minus(b.times(new Term(node, s)));
        Term imaginary = a.times(new Term(node, s)).plus(b.times(new Term(node, c)));
        Value both = layout.concat(axis, layout.reshape(real.value(), one), layout.reshape(imaginary.value(), one));
        Value whole = layout.reshape(both, part.shape());
        return turned.equals(size) ? whole : layout.concat(3, whole, layout.slice(x, 3, turned, size.minus(turned)));
    }

    private static Value paired(Layout layout, Value x, Dim half, boolean interleaved) {
        Shape lead = x.shape().slice(0, 3);
        Shape pair = interleaved ? Shape.of(half, Dim.of(2)) : Shape.of(Dim.of(2), half);
        return layout.reshape(x, lead.concat(pair));
    }
}

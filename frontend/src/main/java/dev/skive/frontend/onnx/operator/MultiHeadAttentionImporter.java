package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// ORT's `MultiHeadAttention`. Queries, keys and values are `[batch, length, heads*size]` each, or the query is
/// `[batch, length, heads, 3, size]` of all three, or the key is `[batch, length, heads, 2, size]` of the last two, or
/// keys and values are `[batch, heads, length, size]` as an encoder left them.
record MultiHeadAttentionImporter() implements NodeImporter {
    private record Parts(Value q, Value k, Value v) {}

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        int heads = Math.toIntExact(node.attributes().integer("num_heads", 0));
        if (heads < 1) {
            throw node.failure("attribute 'num_heads' is missing");
        }
        if (node.has(8) || node.has(9)) {
            throw node.failure(
                    "MultiHeadAttention with a shared cache is not supported: ONNX Runtime has none on the CPU");
        }
        var layout = new Layout(node);
        Parts parts = parts(node, layout, heads);
        Value keys = node.optional(6).map(past -> layout.concat(2, past, parts.k)).orElse(parts.k);
        Value values = node.optional(7).map(past -> layout.concat(2, past, parts.v)).orElse(parts.v);
        var mask = OrtMask.of(node, parts.q, keys, node.optional(4), node.optional(5));
        var attention = HeadAttention.of(parts.q, keys, values, OrtMask.scale(node, parts.q)).withBias(mask, false);
        Value y = layout.joined(attention.result(node));
        return node.resultCount() < 4
                ? ImmutableList.of(y, keys, values)
                : ImmutableList.of(y, keys, values, attention.biased(node));
    }

    private static Parts parts(NodeContext node, Layout layout, int heads) {
        Value q = node.operand(0);
        if (q.shape().rank() == 5) {
            return new Parts(
                    biased(node, layout, packed(layout, q, 0), 0),
                    biased(node, layout, packed(layout, q, 1), 1),
                    biased(node, layout, packed(layout, q, 2), 2));
        }
        Value query = biased(node, layout, layout.apart(q, heads), 0);
        Value key = node.operand(1);
        return switch (key.shape().rank()) {
            case 5 -> new Parts(query, packed(layout, key, 0), packed(layout, key, 1));
            case 4 -> new Parts(query, key, node.operand(2));
            case 3 ->
                    new Parts(
                            query,
                            biased(node, layout, layout.apart(key, heads), 1),
                            biased(node, layout, layout.apart(node.operand(2), heads), 2));
            default -> throw node.failure("a key %s is not supported", key.type());
        };
    }

    /// One of the tensors that lie side by side per head.
    private static Value packed(Layout layout, Value x, long index) {
        Shape shape = x.shape();
        Value one = layout.slice(x, 3, Dim.of(index), Dim.ONE);
        Value apart = layout.reshape(one, shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(4));
        return layout.transpose(apart, 0, 2, 1, 3);
    }

    /// Adds its part of the bias of queries, keys and values, which follow each other.
    private static Value biased(NodeContext node, Layout layout, Value x, int part) {
        Optional<Value> bias = node.optional(3);
        if (bias.isEmpty()) {
            return x;
        }
        Dim heads = x.shape().dim(1);
        Dim width = heads.times(x.shape().dim(3));
        Dim whole = bias.get().shape().dim(0);
        // Queries and keys have one width; values have what is left.
        Dim start = part == 2 ? whole.minus(width) : width.times(part);
        Value mine = layout.slice(bias.get(), 0, start, width);
        return node.add(new Add(), x, layout.reshape(mine, heads, Dim.ONE, x.shape().dim(3)));
    }
}

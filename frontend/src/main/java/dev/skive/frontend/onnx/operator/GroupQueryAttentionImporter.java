package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// ORT's `GroupQueryAttention`: causal attention of query heads that share key heads, with a cache that is as long as the
/// longest sequence, or longer. What comes in is written behind what a sequence has in the cache.
record GroupQueryAttentionImporter() implements NodeImporter {
    private record Parts(Value q, Value k, Value v) {}

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        var layout = new Layout(node);
        int heads = count(node, "num_heads");
        int keyHeads = count(node, "kv_num_heads");
        Parts parts = parts(node, layout, heads, keyHeads);
        var cache = new GroupCache(node, parts.q.shape().dim(2));
        Parts turned = turned(node, layout, parts, cache);
        Value keys = cache.with(turned.k, node.optional(3));
        Value values = cache.with(turned.v, node.optional(4));
        var attention =
                HeadAttention.of(turned.q, keys, values, OrtMask.scale(node, turned.q))
                        .withCap(node.attributes().real("softcap", 0))
                        .withBias(bias(node, turned.q, keys, cache), false)
                        .withSink(sink(node, turned.q));
        Value y = layout.joined(attention.result(node));
        long output = node.attributes().integer("qk_output", 0);
        return node.resultCount() < 4
                ? ImmutableList.of(y, keys, values)
                : ImmutableList.of(y, keys, values, output == 1 ? attention.biased(node) : attention.weights(node));
    }

    private static int count(NodeContext node, String attribute) {
        long count = node.attributes().integer(attribute, 0);
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw node.failure("attribute '%s' is %s", attribute, count);
        }
        return (int) count;
    }

    private static Parts parts(NodeContext node, Layout layout, int heads, int keyHeads) {
        Value q = node.operand(0);
        if (node.has(1)) {
            return new Parts(
                    layout.apart(q, heads),
                    layout.apart(node.operand(1), keyHeads),
                    layout.apart(node.operand(2), keyHeads));
        }
        Value all = layout.apart(q, heads + 2 * keyHeads);
        return new Parts(
                layout.slice(all, 1, Dim.ZERO, Dim.of(heads)),
                layout.slice(all, 1, Dim.of(heads), Dim.of(keyHeads)),
                layout.slice(all, 1, Dim.of(heads + keyHeads), Dim.of(keyHeads)));
    }

    private static Parts turned(NodeContext node, Layout layout, Parts parts, GroupCache cache) {
        boolean interleaved = node.attributes().flag("rotary_interleaved", false);
        if (!node.attributes().flag("do_rotary", false)) {
            return parts;
        }
        Value positions = node.optional(9).orElseGet(cache::positions);
        Value cos = RotaryImporter.looked(layout, node.operand(7), positions);
        Value sin = RotaryImporter.looked(layout, node.operand(8), positions);
        Dim half = cos.shape().dim(3);
        if (!half.isKnown()) {
            throw node.failure("the width of the cache of angles %s must be known", node.operand(7).type());
        }
        int rotated = Math.toIntExact(2 * half.known());
        var rotation = new RotaryImporter.Rotation(cos, sin, rotated, interleaved);
        return new Parts(
                RotaryImporter.rotate(layout, parts.q, rotation),
                RotaryImporter.rotate(layout, parts.k, rotation),
                parts.v);
    }

    private static Optional<Value> bias(NodeContext node, Value q, Value keys, GroupCache cache) {
        long window = node.attributes().integer("local_window_size", -1);
        Dim length = keys.shape().dim(2);
        var mask = AttentionMask.none(node).and(cache.visible(length, window));
        Optional<Value> given = node.optional(10).map(added -> longer(node, added, length));
        return given.map(mask::plus).orElse(mask).bias(q.tensor().element(), Double.NEGATIVE_INFINITY);
    }

    /// A bias for the keys there are, with zeros for the rest of the cache.
    private static Value longer(NodeContext node, Value bias, Dim length) {
        return new Layout(node).padded(bias, 3, length, 0);
    }

    private static Optional<Value> sink(NodeContext node, Value q) {
        if (node.has(11)) {
            return node.optional(11);
        }
        Shape heads = Shape.of(q.shape().dim(1));
        return node.attributes().flag("smooth_softmax", false)
                ? Optional.of(new Layout(node).expand(node.constant(TensorData.scalar(q.tensor().element(), 0)), heads))
                : Optional.empty();
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Optional;

/// ORT's `Attention`: queries, keys and values are one product of the operand with weights that lie side by side.
/// Result 1 is the cache with what came in, keys before values. `QAttention` has that product of quantized matrices.
///
/// @param isQuantized which of the two
record OrtAttention(boolean isQuantized) implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        Value all = isQuantized ? QuantizedProducts.attentionProduct(node) : projected(node, new Layout(node));
        return results(isQuantized ? plain(node) : node, all);
    }

    /// The node with the operands of `Attention` behind the product.
    private static NodeContext plain(NodeContext node) {
        var operands = new ArrayList<>(node.operands().subList(0, 3));
        operands.add(node.optional(5).orElse(Value.ABSENT));
        operands.add(node.optional(8).orElse(Value.ABSENT));
        return node.withOperands(ImmutableList.copyOf(operands));
    }

    private static ImmutableList<Value> results(NodeContext node, Value all) {
        int heads = Math.toIntExact(node.attributes().integer("num_heads", 0));
        node.attributes().ignore("past_present_share_buffer");
        var layout = new Layout(node);
        ImmutableList<Dim> widths = widths(node, all);
        Value q = part(layout, all, Dim.ZERO, widths.get(0), heads);
        Value k = part(layout, all, widths.get(0), widths.get(1), heads);
        Value v = part(layout, all, widths.get(0).plus(widths.get(1)), widths.get(2), heads);
        if (node.attributes().flag("do_rotary", false)) {
            throw node.failure(
                    "Attention with do_rotary is not supported: ONNX Runtime has no tables for it on the CPU");
        }
        Optional<Value> past = node.optional(4);
        Value keys = past.map(cache -> layout.concat(2, cached(layout, cache, 0), k)).orElse(k);
        Value values = past.map(cache -> layout.concat(2, cached(layout, cache, 1), v)).orElse(v);
        double scale = OrtMask.scale(node, q);
        var mask = OrtMask.of(node, q, keys, node.optional(3), node.optional(5));
        Value y = HeadAttention.of(q, keys, values, scale).withBias(mask, false).result(node);
        if (node.resultCount() < 2) {
            return ImmutableList.of(layout.joined(y));
        }
        Shape one = Shape.of(1).concat(keys.shape());
        Value present = layout.concat(0, layout.reshape(keys, one), layout.reshape(values, one));
        return ImmutableList.of(layout.joined(y), present);
    }

    private static Value projected(NodeContext node, Layout layout) {
        Value product = layout.product(node.operand(0), node.operand(1));
        return node.optional(2).map(bias -> node.add(new Add(), product, bias)).orElse(product);
    }

    private static ImmutableList<Dim> widths(NodeContext node, Value all) {
        Dim width = all.shape().last();
        return node.attributes()
                .integers("qkv_hidden_sizes")
                .filter(sizes -> sizes.size() == 3)
                .map(sizes -> sizes.stream().map(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> {
                    Dim third = width.floorDivide(3);
                    return ImmutableList.of(third, third, third);
                });
    }

    private static Value part(Layout layout, Value all, Dim start, Dim width, int heads) {
        if (heads < 1) {
            throw layout.node().failure("attribute 'num_heads' is missing");
        }
        return layout.apart(layout.slice(all, 2, start, width), heads);
    }

    private static Value cached(Layout layout, Value cache, long index) {
        Value picked = layout.slice(cache, 0, Dim.of(index), Dim.ONE);
        return layout.reshape(picked, cache.shape().slice(1, 5));
    }
}

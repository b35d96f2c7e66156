package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// `Attention` (opset 23; 24 adds the number of keys that count): heads side by side in the last axis, or as an axis of
/// their own. A causal query `i` attends to keys up to `i + offset`, where the offset is the length of the cache that is
/// an operand, or what the keys that count exceed the queries by. The cap comes before the mask, and the scores after it
/// are `qk_matmul_output_mode` 1, as the corrected text of both opsets says.
record AttentionImporter() implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        // Says which type to compute in; the IR computes in the type of the operands or better.
        node.attributes().ignore("softmax_precision");
        var layout = new Layout(node);
        boolean joined = node.shape(0).rank() == 3;
        Value q = heads(node, 0, "q_num_heads");
        Value keys = withPast(layout, heads(node, 1, "kv_num_heads"), 4);
        Value values = withPast(layout, heads(node, 2, "kv_num_heads"), 5);
        double scale = node.attributes().real("scale").map(Float::doubleValue).orElseGet(() -> scale(node, q));
        AttentionMask mask = mask(node, q, keys);
        ElementType element = q.tensor().element();
        boolean mayBeEmpty = node.has(3) || node.has(6);
        var attention =
                HeadAttention.of(q, keys, layout.cast(values, element), scale)
                        .withCap(node.attributes().real("softcap", 0))
                        .withBias(mask.bias(element, Double.NEGATIVE_INFINITY), mayBeEmpty);
        Value result = attention.result(node);
        Value y = joined ? layout.joined(result) : result;
        long mode = node.attributes().integer("qk_matmul_output_mode", 0);
        return node.resultCount() < 4
                ? ImmutableList.of(y, keys, values)
                : ImmutableList.of(y, keys, values, scores(node, attention, mode));
    }

    private static Value scores(NodeContext node, HeadAttention attention, long mode) {
        return switch ((int) mode) {
            case 0 -> attention.products(node);
            case 1 -> attention.capped(node);
            case 2 -> attention.biased(node);
            case 3 -> attention.weights(node);
            default -> throw node.failure("attribute 'qk_matmul_output_mode' must be 0 to 3, found %s", mode);
        };
    }

    private static double scale(NodeContext node, Value q) {
        Dim size = q.shape().dim(3);
        if (!size.isKnown()) {
            throw node.failure("the head size of %s must be known when the scale is left out", q.type());
        }
        return 1 / Math.sqrt((double) size.known());
    }

    /// An operand with its heads as an axis of their own.
    private static Value heads(NodeContext node, int index, String attribute) {
        Value x = node.operand(index);
        Optional<Long> given = node.attributes().integer(attribute);
        int rank = x.shape().rank();
        if (rank != node.shape(0).rank() || (rank != 3 && rank != 4)) {
            throw node.failure("operands must all have rank 3 or all rank 4, found %s", x.type());
        }
        long heads =
                rank == 4
                        ? x.shape().dim(1).ifKnown().orElse(0)
                        : given.orElseThrow(() -> node.failure("attribute '%s' is missing", attribute));
        if (heads < 1 || heads > Integer.MAX_VALUE) {
            throw node.failure("%s heads in %s", heads, x.type());
        }
        return rank == 4 ? x : new Layout(node).apart(x, (int) heads);
    }

    private static Value withPast(Layout layout, Value x, int index) {
        return layout.node().optional(index).map(past -> layout.concat(2, past, x)).orElse(x);
    }

    private static AttentionMask mask(NodeContext node, Value q, Value keys) {
        var mask = AttentionMask.none(node);
        Dim length = keys.shape().dim(2);
        if (node.has(3)) {
            mask = given(node, mask, q.tensor().element(), length);
        }
        if (node.has(6)) {
            Value counted = new Layout(node).perBatch(node.operand(6));
            mask = mask.and(node.add(new Less(), new Positions(node).along(length), counted));
        }
        return node.attributes().flag("is_causal", false)
                ? mask.causal(q.shape().dim(2), length, offset(node, q))
                : mask;
    }

    /// The mask that is an operand, with keys behind its end left out.
    private static AttentionMask given(NodeContext node, AttentionMask mask, ElementType element, Dim length) {
        var layout = new Layout(node);
        Value numbers = node.operand(3);
        Shape shape = numbers.shape();
        if (shape.rank() > 4) {
            throw node.failure("a mask has at most 4 axes, found %s", numbers.type());
        }
        boolean isBoolean = numbers.tensor().element() == ElementType.BOOL;
        Value typed = isBoolean ? numbers : layout.cast(numbers, element);
        boolean isFull = shape.rank() == 0 || shape.last().equals(length);
        Value full = isFull ? typed : layout.padded(typed, -1, length, isBoolean ? 0 : Double.NEGATIVE_INFINITY);
        return isBoolean ? mask.and(full) : mask.plus(full);
    }

    private static Value offset(NodeContext node, Value q) {
        var layout = new Layout(node);
        if (node.has(4)) {
            return layout.sizeOf(node.operand(4), 2);
        }
        return node.has(6)
                ? node.add(new Sub(), layout.perBatch(node.operand(6)), layout.sizeOf(q, 2))
                : new Positions(node).number(0);
    }
}

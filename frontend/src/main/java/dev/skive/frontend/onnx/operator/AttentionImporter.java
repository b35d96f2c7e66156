package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `Attention` without a cache: heads side by side in the last axis, or as an axis of their own.
record AttentionImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        requirePlain(node);
        Value q = node.operand(0);
        boolean apart = q.shape().rank() == 4;
        int queryHeads = heads(node, q, "q_num_heads");
        int keyHeads = heads(node, node.operand(1), "kv_num_heads");
        Value joined = apart ? joined(node, q) : q;
        double size =
                joined.shape()
                        .last()
                        .divideExactly(Dim.of(queryHeads))
                        .filter(Dim::isKnown)
                        .orElseThrow(
                                () -> node.failure("the width of %s does not divide by %s heads", q.type(), queryHeads))
                        .known();
        double scale = node.attributes().real("scale").map(Float::doubleValue).orElse(1 / Math.sqrt(size));
        var operands = new ArrayList<>(List.of(joined));
        operands.add(apart ? joined(node, node.operand(1)) : node.operand(1));
        operands.add(apart ? joined(node, node.operand(2)) : node.operand(2));
        node.optional(3).ifPresent(mask -> operands.add(addable(node, mask)));
        Value result = node.add(new Attention(queryHeads, keyHeads, scale), operands.toArray(Value[]::new));
        return apart ? apart(node, result, queryHeads) : result;
    }

    private static void requirePlain(NodeContext node) {
        // Says which type to compute in; the IR computes in the type of the operands or better.
        node.attributes().ignore("softmax_precision");
        node.attributes().ignore("qk_matmul_output_mode");
        boolean plain = !node.attributes().flag("is_causal", false) && node.attributes().real("softcap", 0) == 0;
        if (!plain || node.has(4) || node.has(5) || node.has(6)) {
            throw node.failure("Attention with a causal mask, a cap, a cache or lengths is not supported yet");
        }
    }

    private static int heads(NodeContext node, Value x, String attribute) {
        Optional<Long> given = node.attributes().integer(attribute);
        if (x.shape().rank() != 3 && x.shape().rank() != 4) {
            throw node.failure("operands must have rank 3 or 4, found %s", x.type());
        }
        long heads =
                x.shape().rank() == 4
                        ? x.shape().dim(1).ifKnown().orElse(0)
                        : given.orElseThrow(() -> node.failure("attribute '%s' is missing", attribute));
        if (heads < 1 || heads > Integer.MAX_VALUE) {
            throw node.failure("%s heads in %s", heads, x.type());
        }
        return (int) heads;
    }

    /// `[batch, heads, length, size]` to `[batch, length, heads*size]`.
    private static Value joined(NodeContext node, Value x) {
        Shape shape = x.shape();
        Value swapped = node.add(new Transpose(ImmutableList.of(0, 2, 1, 3)), x);
        return node.add(
                new Reshape(ImmutableList.of(shape.dim(0), shape.dim(2), shape.dim(1).times(shape.dim(3)))), swapped);
    }

    private static Value apart(NodeContext node, Value x, int heads) {
        Shape shape = x.shape();
        Dim size = shape.last().floorDivide(heads);
        var dims = ImmutableList.of(shape.dim(0), shape.dim(1), Dim.of(heads), size);
        return node.add(new Transpose(ImmutableList.of(0, 2, 1, 3)), node.add(new Reshape(dims), x));
    }

    /// A boolean mask says what takes part; the IR adds its mask to the scores.
    private static Value addable(NodeContext node, Value mask) {
        if (mask.tensor().element() != ElementType.BOOL) {
            return mask;
        }
        Value q = node.operand(0);
        return node.add(new Where(), mask, node.scalar(q, 0), node.scalar(q, Double.NEGATIVE_INFINITY));
    }
}

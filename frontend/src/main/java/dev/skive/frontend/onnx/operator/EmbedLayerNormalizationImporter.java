package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// ORT's `EmbedLayerNormalization`: the norm of the sum of rows of a word, a position and perhaps a segment table.
/// Result 1 counts per batch the ones of the mask, 0 without a mask; result 2 is the sum.
/// The tables of `QEmbedLayerNormalization`, and the norm's factors, are quantized.
///
/// @param isQuantized which of the two
record EmbedLayerNormalizationImporter(boolean isQuantized) implements NodeImporter {
    /// Operands that are quantized, whose scales and zero points follow in the same order.
    private static final ImmutableList<Integer> QUANTIZED = ImmutableList.of(2, 3, 4, 5, 6);

    private static final int SCALES = 8;
    private static final int ZEROS = 13;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        return isQuantized ? normalized(real(node)).subList(0, 2) : normalized(node);
    }

    /// The node with real tables.
    private static NodeContext real(NodeContext node) {
        var operands = new ArrayList<>(node.operands().subList(0, SCALES));
        for (int i = 0; i < QUANTIZED.size(); i++) {
            int operand = QUANTIZED.get(i);
            if (node.has(operand)) {
                operands.set(operand, Quantized.of(node, operand, SCALES + i, ZEROS + i).real().value());
            }
        }
        return node.withOperands(ImmutableList.copyOf(operands));
    }

    private static ImmutableList<Value> normalized(NodeContext node) {
        float epsilon = node.attributes().real("epsilon", 1e-12f);
        node.attributes().ignore("mask_index_type");
        Value ids = node.operand(0);
        Value positions = node.optional(8).orElseGet(() -> new Positions(node).along(ids.shape().dim(1)));
        var operands = new ArrayList<>(List.of(node.operand(2), ids, node.operand(3), positions));
        if (node.has(1) && node.has(4)) {
            operands.addAll(List.of(node.operand(4), node.operand(1)));
        }
        Value sum = node.add(new EmbeddingSum(), operands.toArray(Value[]::new));
        var norm = new RowNorm(node, sum, 2, epsilon, true);
        return ImmutableList.of(norm.normalized(node.operand(5), node.optional(6)), counts(node, ids), sum);
    }

    private static Value counts(NodeContext node, Value ids) {
        if (!node.has(7)) {
            Value zero = node.constant(dev.skive.ir.data.TensorData.scalar(ElementType.INT32, 0));
            return node.add(new Expand(Shape.of(ids.shape().dim(0)).dims()), zero);
        }
        Term ones = Term.operand(node, 7).isEqual(1).as(ElementType.INT32);
        return ones.with(new ReduceSum(ImmutableList.of(1), false)).value();
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.ElementType;

/// `Dropout` in inference: the operand, and a mask that keeps everything.
record DropoutImporter() implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        node.attributes().ignore("ratio");
        node.attributes().ignore("seed");
        node.optional(2).ifPresent(training -> requireInference(node, training));
        Value x = node.operand(0);
        if (node.resultCount() < 2) {
            return ImmutableList.of(x);
        }
        Value keep = node.constant(TensorData.scalar(ElementType.BOOL, 1));
        return ImmutableList.of(x, node.add(new Expand(x.shape().dims()), keep));
    }

    private static void requireInference(NodeContext node, Value training) {
        boolean inference =
                training.constant()
                        .filter(data -> data.element() == ElementType.BOOL && data.count() == 1 && data.getLong(0) == 0)
                        .isPresent();
        if (!inference) {
            throw node.failure("dropout in training mode is not supported; export the model for inference");
        }
    }
}

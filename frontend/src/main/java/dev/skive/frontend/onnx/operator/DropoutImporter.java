package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `Dropout` in inference: the operand, and a mask that keeps everything.
record DropoutImporter() implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        node.attributes().ignore("ratio");
        node.attributes().ignore("seed");
        return kept(node, node.operand(0), node.optional(2));
    }

    /// A value and a mask that keeps all of it.
    ///
    /// @param training says whether the model is trained, when given
    static ImmutableList<Value> kept(NodeContext node, Value x, Optional<Value> training) {
        node.attributes().ignore("seed");
        training.ifPresent(value -> requireInference(node, value));
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

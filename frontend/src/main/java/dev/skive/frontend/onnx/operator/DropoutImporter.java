package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `Dropout` where nothing is dropped: in inference, or in training with a ratio of 0. The mask keeps everything since
/// opset 12; before, it was not filled in inference, which ORT takes for zeros, and before opset 10 it had the type of
/// the operand.
record DropoutImporter() implements NodeImporter {
    private static final int BOOLEAN_MASK = 10;
    private static final int FILLED_MASK = 12;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        node.attributes().ignore("ratio");
        if (node.opset() >= FILLED_MASK) {
            return kept(node, node.operand(0), node.optional(1), node.optional(2));
        }
        ElementType element = node.opset() < BOOLEAN_MASK ? node.element(0) : ElementType.BOOL;
        return masked(node, node.operand(0), TensorData.scalar(element, 0));
    }

    /// A value and a mask that keeps all of it.
    ///
    /// @param ratio how much is dropped in training, when given
    /// @param training says whether the model is trained, when given
    static ImmutableList<Value> kept(NodeContext node, Value x, Optional<Value> ratio, Optional<Value> training) {
        node.attributes().ignore("seed");
        if (!isZero(ratio)) {
            training.ifPresent(value -> requireInference(node, value));
        }
        return masked(node, x, TensorData.scalar(ElementType.BOOL, 1));
    }

    private static ImmutableList<Value> masked(NodeContext node, Value x, TensorData mask) {
        return node.resultCount() < 2
                ? ImmutableList.of(x)
                : ImmutableList.of(x, node.add(new Expand(x.shape().dims()), node.constant(mask)));
    }

    private static boolean isZero(Optional<Value> ratio) {
        return ratio.flatMap(Value::constant).filter(data -> data.count() == 1 && data.getDouble(0) == 0).isPresent();
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

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `Dropout`: in inference the operand, and a mask that keeps everything; in training elements are kept with probability
/// `1 - ratio` and divided by it.
record DropoutImporter() implements NodeImporter {
    /// Since this opset ratio and mode are operands.
    private static final int MODE_OPERAND = 12;

    /// Since this opset the mask is boolean.
    private static final int BOOLEAN_MASK = 10;

    private static final double USUAL_RATIO = 0.5;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        node.attributes().ignore("ratio");
        boolean isOperand = node.opset() >= MODE_OPERAND;
        return dropped(
                node,
                node.operand(0),
                isOperand ? node.optional(1) : Optional.empty(),
                isOperand ? node.optional(2) : Optional.empty());
    }

    /// A value after dropping, and the mask of what was kept.
    ///
    /// @param ratio how much is dropped in training, when given
    /// @param training says whether the model is trained, when given
    static ImmutableList<Value> dropped(
            NodeContext node, Value operand, Optional<Value> ratio, Optional<Value> training) {
        Optional<TensorData> mode = training.flatMap(Value::constant);
        boolean never = training.isEmpty() || mode.filter(data -> data.getLong(0) == 0).isPresent() || isZero(ratio);
        if (never) {
            node.attributes().ignore("seed");
            return node.resultCount() < 2
                    ? ImmutableList.of(operand)
                    : ImmutableList.of(operand, keepAll(node, operand));
        }
        Term share = ratio(node, ratio);
        Term kept = new RandomNumbers(node).uniform(operand.shape(), 0).isLess(share).not();
        var x = new Term(node, operand);
        Term dropped = kept.choose(x.over(share.times(-1).plus(1).as(x.element())), x.number(0));
        if (mode.isPresent()) {
            return ImmutableList.of(dropped.value(), kept.value());
        }
        Value isTraining = scalar(node, training.get());
        return ImmutableList.of(
                node.add(new Where(), isTraining, dropped.value(), x.value()),
                node.add(new Or(), kept.value(), node.add(new Not(), isTraining)));
    }

    private static boolean isZero(Optional<Value> ratio) {
        return ratio.flatMap(Value::constant).filter(data -> data.count() == 1 && data.getDouble(0) == 0).isPresent();
    }

    /// Before opset 12 the mask was not filled in inference, which ORT takes for zeros.
    private static Value keepAll(NodeContext node, Value x) {
        boolean isStandard = node.proto().getOpType().equals("Dropout");
        ElementType element = isStandard && node.opset() < BOOLEAN_MASK ? x.tensor().element() : ElementType.BOOL;
        double keep = isStandard && node.opset() < MODE_OPERAND ? 0 : 1;
        Value mask = node.constant(TensorData.scalar(element, keep));
        return node.add(new Expand(x.shape().dims()), mask);
    }

    /// The share of elements that are dropped, float64.
    private static Term ratio(NodeContext node, Optional<Value> given) {
        Value ratio =
                given.map(operand -> scalar(node, operand))
                        .orElseGet(() -> node.constant(TensorData.scalar(ElementType.FLOAT64, USUAL_RATIO)));
        return new Term(node, ratio).as(ElementType.FLOAT64);
    }

    private static Value scalar(NodeContext node, Value value) {
        return value.shape().rank() == 0 ? value : node.add(new Reshape(ImmutableList.of()), value);
    }
}

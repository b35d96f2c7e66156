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
import dev.skive.ir.type.Shape;
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
        Optional<Value> training = node.opset() < MODE_OPERAND ? Optional.empty() : node.optional(2);
        Optional<TensorData> mode = training.flatMap(Value::constant);
        boolean never = training.isEmpty() || mode.filter(data -> data.getLong(0) == 0).isPresent();
        if (never) {
            node.attributes().ignore("seed");
            return node.resultCount() < 2
                    ? ImmutableList.of(node.operand(0))
                    : ImmutableList.of(node.operand(0), keepAll(node));
        }
        Term kept = kept(node);
        Term x = Term.operand(node, 0);
        Term dropped = kept.choose(x.over(ratio(node).times(-1).plus(1).as(x.element())), x.number(0));
        if (mode.isPresent()) {
            return ImmutableList.of(dropped.value(), kept.value());
        }
        Value isTraining = scalar(node, training.get());
        return ImmutableList.of(
                node.add(new Where(), isTraining, dropped.value(), x.value()),
                node.add(new Or(), kept.value(), node.add(new Not(), isTraining)));
    }

    private static Value keepAll(NodeContext node) {
        ElementType element = node.opset() < BOOLEAN_MASK ? node.element(0) : ElementType.BOOL;
        Value keep = node.constant(TensorData.scalar(element, 1));
        return node.add(new Expand(node.shape(0).dims()), keep);
    }

    private static Term kept(NodeContext node) {
        Shape shape = node.shape(0);
        Term ratio = ratio(node);
        return new RandomNumbers(node).uniform(shape, 0).isLess(ratio).not();
    }

    /// The share of elements that are dropped, float64.
    private static Term ratio(NodeContext node) {
        Value ratio =
                node.optional(1)
                        .map(operand -> scalar(node, operand))
                        .orElseGet(() -> node.constant(TensorData.scalar(ElementType.FLOAT64, USUAL_RATIO)));
        return new Term(node, ratio).as(ElementType.FLOAT64);
    }

    private static Value scalar(NodeContext node, Value value) {
        return value.shape().rank() == 0 ? value : node.add(new Reshape(ImmutableList.of()), value);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.TextCodes;
import dev.skive.ir.op.TextPick;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Operators that move elements, on text: they move the numbers of places instead, and the text is picked by those.
///
/// @param node the node
record TextMoves(NodeContext node) {
    /// The result of an operator when text is among its operands.
    Optional<Value> apply(Op op, Value... values) {
        if (Arrays.stream(values).noneMatch(TextMoves::isText)) {
            return Optional.empty();
        }
        if (op instanceof Equal) {
            var codes = node.addDynamic(new TextCodes(), values);
            return Optional.of(node.add(op, codes.toArray(Value[]::new)));
        }
        boolean moves = op instanceof Where || (op instanceof DataMovement && !(op instanceof ShapeOf));
        return moves ? Optional.of(moved(op, values)) : Optional.empty();
    }

    /// True for tensors of text.
    static boolean isText(Value value) {
        return value.type() instanceof TensorType type && type.element() == ElementType.STRING;
    }

    private Value moved(Op op, Value... values) {
        List<Value> texts = new ArrayList<>();
        var operands = values.clone();
        Value start = node.constant(TensorData.scalar(ElementType.INT64, 0));
        for (int i = 0; i < operands.length; i++) {
            if (isText(operands[i])) {
                texts.add(operands[i]);
                Value places = places(operands[i], start);
                start = node.add(new Add(), start, count(operands[i]));
                operands[i] = places;
            }
        }
        Value places = node.add(op, operands);
        texts.add(places);
        return node.addDynamic(new TextPick(), texts.toArray(Value[]::new)).getFirst();
    }

    private Value places(Value text, Value start) {
        Value step = node.constant(TensorData.scalar(ElementType.INT64, 1));
        Value flat = node.add(new Range(text.shape().elementCount()), start, step);
        return node.add(new Reshape(text.shape().dims()), flat);
    }

    private Value count(Value text) {
        Dim count = text.shape().elementCount();
        if (count.isKnown()) {
            return node.constant(TensorData.ofLongs(new long[] {count.known()}));
        }
        Value sizes = node.add(new ShapeOf(0, text.shape().rank()), text);
        return node.add(new ReduceProd(ImmutableList.of(0), false), sizes);
    }
}

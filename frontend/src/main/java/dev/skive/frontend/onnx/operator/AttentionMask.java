package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// What keeps queries from keys: conditions that all have to hold, and numbers added to the scores.
///
/// @param node the ONNX node
/// @param allowed boolean, where a query may attend
/// @param added what is added to the scores
record AttentionMask(NodeContext node, Optional<Value> allowed, Optional<Value> added) {
    static AttentionMask none(NodeContext node) {
        return new AttentionMask(node, Optional.empty(), Optional.empty());
    }

    /// Also demands a condition.
    AttentionMask and(Value condition) {
        Value both = allowed.map(other -> node.add(new And(), other, condition)).orElse(condition);
        return new AttentionMask(node, Optional.of(both), added);
    }

    /// Also adds numbers to the scores.
    AttentionMask plus(Value numbers) {
        Value sum = added.map(other -> node.add(new Add(), other, numbers)).orElse(numbers);
        return new AttentionMask(node, allowed, Optional.of(sum));
    }

    /// Also demands that a key is not behind its query, where query 0 stands at `offset` among the keys.
    AttentionMask causal(Dim queries, Dim keys, Value offset) {
        var positions = new Positions(node);
        Value rows = positions.before(positions.along(queries), 1);
        Value last = node.add(new Add(), rows, offset);
        return and(node.add(new LessOrEqual(), positions.along(keys), last));
    }

    /// The mask as numbers to add; what is not allowed becomes `never`.
    Optional<Value> bias(ElementType element, double never) {
        if (allowed.isEmpty()) {
            return added;
        }
        Value no = node.constant(dev.skive.ir.data.TensorData.scalar(element, never));
        Value yes = added.orElseGet(() -> node.constant(dev.skive.ir.data.TensorData.scalar(element, 0)));
        return Optional.of(node.add(new Where(), allowed.get(), yes, no));
    }
}

package dev.skive.passes.rule.text;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.passes.rule.Emitter;
import java.util.List;

/// Builds a replacement in the new graph.
///
/// @param emitter adds to the new graph
record EmittedNodes(Emitter emitter) implements Nodes {
    @Override
    public Value of(Value matched) {
        return emitter.map(matched);
    }

    @Override
    public Value add(Op op, List<Value> operands) {
        return emitter.add(op, operands.toArray(Value[]::new));
    }

    @Override
    public Value constant(TensorData data) {
        return emitter.constant(data);
    }
}

package dev.skive.passes.rule;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;

/// Builds the replacement of a match in the new graph. Everything it adds carries the origin of all that was matched.
///
/// @param rewriter maps the old graph to the new one
/// @param origin of what is added
public record Emitter(Rewriter rewriter, Origin origin) {
    /// The new value for one of the old graph.
    public Value map(Value old) {
        return rewriter.map(old);
    }

    /// Applies an operator to values of the new graph.
    public Value add(Op op, Value... operands) {
        return rewriter.target().add(origin, op, operands);
    }

    /// Adds a constant.
    public Value constant(TensorData data) {
        return rewriter.target().constant(origin, data);
    }
}

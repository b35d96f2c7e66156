package dev.skive.passes.rule.text;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import java.util.List;

/// Where the values of a replacement are built: in the new graph, or beside it when only a constant is computed.
interface Nodes {
    /// What a matched value is here.
    Value of(Value matched);

    /// Applies an operator; the value is its first result.
    Value add(Op op, List<Value> operands);

    /// Adds a constant.
    Value constant(TensorData data);
}

package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Div;

/// `Mean`: the sum of the operands divided by their number.
record MeanImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value sum = new VariadicImporter(new Add()).result(node);
        int count = node.operands().size();
        return count == 1 ? sum : node.add(new Div(), sum, node.scalar(sum, count));
    }
}

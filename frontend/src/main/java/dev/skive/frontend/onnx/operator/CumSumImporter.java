package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// `CumSum`: the axis is an operand.
record CumSumImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        boolean exclusive = node.attributes().flag("exclusive", false);
        boolean reverse = node.attributes().flag("reverse", false);
        Value x = node.operand(0);
        Optional<Integer> axis = node.knownNumbers(1).map(known -> x.shape().axis(known.getFirst()));
        if (axis.isPresent()) {
            return node.add(new CumSum(axis.get(), exclusive, reverse), x);
        }
        ImmutableList<Dim> sizes = node.freshSizes("around_axis", 3);
        var around = new AroundAxis(sizes.get(0), sizes.get(1), sizes.get(2));
        Value apart = node.addDynamic(around, x, node.operand(1)).getFirst();
        return node.add(new Reshape(x.shape().dims()), node.add(new CumSum(1, exclusive, reverse), apart));
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;

/// `Range`: the limit becomes a count, `max(0, ceil((limit - start) / step))`.
record RangeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Dim count = node.element(0).isReal() ? countOfReals(node) : countOfSizes(node);
        return node.add(new Range(count), scalar(node, 0), scalar(node, 2));
    }

    private static Value scalar(NodeContext node, int index) {
        Value operand = node.operand(index);
        return operand.shape().rank() == 0 ? operand : node.add(new Reshape(ImmutableList.of()), operand);
    }

    private static Dim countOfReals(NodeContext node) {
        var bounds = new double[3];
        for (int i = 0; i < bounds.length; i++) {
            int index = i;
            TensorData data =
                    node.operand(i)
                            .constant()
                            .orElseThrow(() ->
                                    node.failure(
                                            "the length of a range of %s needs a constant operand %s",
                                            node.element(0), index));
            bounds[i] = data.getDouble(0);
        }
        double count = Math.ceil((bounds[1] - bounds[0]) / bounds[2]);
        if (!(count < Integer.MAX_VALUE)) {
            throw node.failure("a range from %s to %s by %s has no length", bounds[0], bounds[1], bounds[2]);
        }
        return Dim.of((long) Math.max(0, count));
    }

    private static Dim countOfSizes(NodeContext node) {
        Dim start = node.sizes(0).getFirst();
        Dim limit = node.sizes(1).getFirst();
        long step = node.numbers(2).getFirst();
        if (step == 0) {
            throw node.failure("the step of a range is 0");
        }
        Dim distance = step > 0 ? limit.minus(start) : start.minus(limit);
        return SliceRange.notNegative(distance).ceilDivide(Math.absExact(step));
    }
}

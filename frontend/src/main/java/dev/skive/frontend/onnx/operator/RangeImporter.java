package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `Range`: the limit becomes a count, `max(0, ceil((limit - start) / step))`.
record RangeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Optional<Dim> known = node.element(0).isReal() ? countOfReals(node) : countOfSizes(node);
        Dim count = known.orElseGet(() -> countOfRun(node));
        return node.add(new Range(count), scalar(node, 0), scalar(node, 2));
    }

    private static Value scalar(NodeContext node, int index) {
        Value operand = node.operand(index);
        return operand.shape().rank() == 0 ? operand : node.add(new Reshape(ImmutableList.of()), operand);
    }

    /// `ceil((limit - start) / step)`, the difference in the element type and the quotient in float64.
    private static Dim countOfRun(NodeContext node) {
        Term start = new Term(node, scalar(node, 0));
        Term distance = new Term(node, scalar(node, 1)).minus(start).as(ElementType.FLOAT64);
        Term steps = distance.over(new Term(node, scalar(node, 2)).as(ElementType.FLOAT64)).with(new Ceil());
        return node.extents(steps.max(0).as(ElementType.INT64).value(), "range").getFirst();
    }

    private static Optional<Dim> countOfReals(NodeContext node) {
        var bounds = new double[3];
        for (int i = 0; i < bounds.length; i++) {
            Optional<TensorData> data = ConstantFolding.fold(node.operand(i));
            if (data.isEmpty()) {
                return Optional.empty();
            }
            bounds[i] = data.get().getDouble(0);
        }
        double count = Math.ceil((bounds[1] - bounds[0]) / bounds[2]);
        if (!(count < Integer.MAX_VALUE)) {
            throw node.failure("a range from %s to %s by %s has no length", bounds[0], bounds[1], bounds[2]);
        }
        return Optional.of(Dim.of((long) Math.max(0, count)));
    }

    private static Optional<Dim> countOfSizes(NodeContext node) {
        if (node.knownSizes(0).isEmpty() || node.knownSizes(1).isEmpty() || node.knownNumbers(2).isEmpty()) {
            return Optional.empty();
        }
        Dim start = node.knownSizes(0).get().getFirst();
        Dim limit = node.knownSizes(1).get().getFirst();
        long step = node.numbers(2).getFirst();
        if (step == 0) {
            throw node.failure("the step of a range is 0");
        }
        Dim distance = step > 0 ? limit.minus(start) : start.minus(limit);
        return Optional.of(SliceRange.notNegative(distance).ceilDivide(Math.absExact(step)));
    }
}

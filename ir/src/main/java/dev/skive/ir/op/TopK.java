package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The greatest or the smallest elements along an axis, best first, and where they were
///
/// Formula: `values[.., i, ..] = x[.., indices[.., i, ..], ..]`, the best `k` in order; of equal ones the first comes
/// first, and NaN is greater than everything.
/// **Shapes**: any with size `n` at the axis, one element (`k`) -> `size` there, twice.
/// **Types**: numbers; an integer `k` -> the same, `i64`.
/// **Numerics**: exact.
/// **Errors**: at run time, `k` below 0 or above `n`.
/// **Source**: ONNX `TopK`; results that need not be sorted are.
///
/// @param axis the axis
/// @param largest whether the greatest are wanted
/// @param size `k` as a size
public record TopK(int axis, boolean largest, Dim size) implements Search {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireAxis(0, axis);
        Domain.NUMERIC.check(0, operands.tensor(0));
        AxisNumbers.check(operands, 1);
        Shape shape = operands.shape(0);
        boolean tooMany = size.minus(shape.dim(axis)).ifKnown().orElse(0) > 0;
        TypeError.check(!tooMany, "%s elements of axis %s of %s", size, axis, operands.tensor(0));
        Shape result = shape.with(axis, size);
        return ImmutableList.of(operands.tensor(0).withShape(result), new TensorType(ElementType.INT64, result));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long k = evaluation.integers(1)[0];
        int count = x.size(axis);
        Evaluation.check(k >= 0 && k <= count, "%s elements of axis %s of %s", k, axis, x.sizes());
        long[] sizes = x.sizes();
        sizes[axis] = k;
        int stride = Strides.of(x.sizes())[axis];
        var places = new int[Strides.count(sizes)];
        var indices = new long[places.length];
        Comparator<Integer> order = order(x);
        int rows = k == 0 ? 0 : places.length / (int) k;
        for (int row = 0; row < rows; row++) {
            int first = row / stride * stride * count + row % stride;
            int target = row / stride * stride * (int) k + row % stride;
            List<Integer> best = IntStream.range(0, count).map(i -> first + i * stride).boxed().sorted(order).toList();
            for (int i = 0; i < k; i++) {
                places[target + i * stride] = best.get(i);
                indices[target + i * stride] = (long) (best.get(i) - first) / stride;
            }
        }
        return ImmutableList.of(x.pick(places, sizes), Tensor.ofIntegers(ElementType.INT64, indices, sizes));
    }

    private Comparator<Integer> order(Tensor x) {
        Comparator<Integer> rising =
                switch (x.element().kind()) {
                    // -0.0 and 0.0 are equal.
                    case REAL -> Comparator.comparingDouble(place -> x.reals()[place] + 0.0);
                    case UNSIGNED -> (a, b) -> Long.compareUnsigned(x.integers()[a], x.integers()[b]);
                    default -> Comparator.comparingLong(place -> x.integers()[place]);
                };
        return largest ? rising.reversed() : rising;
    }
}

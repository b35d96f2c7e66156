package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// Where the greatest element of each window lies: its place among all elements of the operand, row-major or, when
/// `columnMajor`, with the first spatial axis of a channel running fastest
///
/// **Shapes**: `[n, c, d...]` -> `[n, c, positions...]`.
/// **Types**: numbers -> int64.
/// **Numerics**: exact; the first of equal elements. NaN is chosen only where no greater number than `-inf` is.
/// **Errors**: a window larger than the padded operand; a window without elements gives -1.
/// **Source**: ONNX `MaxPool` (opset 12), its second result.
///
/// @param pooling the windows
/// @param columnMajor in which order the elements of a channel are counted
public record MaxPoolIndex(Pooling pooling, boolean columnMajor) implements Windowed {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        return ImmutableList.of(new TensorType(ElementType.INT64, pooling.infer(operands)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        long[] plane = WindowPlaces.spatial(operand.sizes());
        long[] places =
                Arrays.stream(new BestPlaces(operand).find(pooling, evaluation))
                        .mapToLong(place -> columnMajor && place >= 0 ? turned((int) place, plane) : (long) place)
                        .toArray();
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, places, evaluation.sizes(0)));
    }

    private static long turned(int place, long[] plane) {
        int count = Strides.count(plane);
        long turned = 0;
        for (int axis = plane.length - 1; axis >= 0; axis--) {
            turned = turned * plane[axis] + WindowPlaces.index(place % count, plane, axis);
        }
        return (long) place / count * count + turned;
    }
}

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
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The elements as a matrix, the axes that data names together as its columns, and the shape that is left when each row
/// becomes one element
///
/// Formula: `x` with `axes` moved behind the others, both groups flattened.
/// **Shapes**: `[d1..dr]`, `[n]` -> `[rows, columns]`, `[rank]`.
/// **Types**: all; integer axes -> the same, `i64`.
/// **Numerics**: exact.
/// **Errors**: at run time, an axis that is not there, or twice.
/// **Source**: ONNX `ReduceSum` and the other reductions whose axes are no constant.
///
/// @param rows elements along the other axes
/// @param columns elements along the axes
/// @param rank how many axes are left: all of them, with size 1 where they were folded, or only the others
/// @param noAxesMeanNone whether an empty list means no axis instead of all
public record CollapseAxes(Dim rows, Dim columns, int rank, boolean noAxesMeanNone) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        TypeError.check(rank <= operands.shape(0).rank(), "%s axes cannot be left of %s", rank, operands.tensor(0));
        return ImmutableList.of(
                operands.tensor(0).withShape(Shape.of(rows, columns)),
                new TensorType(ElementType.INT64, Shape.of(rank)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        boolean[] folded = AxisNumbers.chosen(evaluation.integers(1), x.rank());
        if (evaluation.integers(1).length == 0) {
            Arrays.fill(folded, !noAxesMeanNone);
        }
        int[] order =
                Stream.of(false, true)
                        .flatMapToInt(last -> IntStream.range(0, x.rank()).filter(axis -> folded[axis] == last))
                        .toArray();
        int[] strides = Strides.of(x.sizes());
        long[] sizes = Arrays.stream(order).mapToLong(x::size).toArray();
        int[] places = Strides.offsets(sizes, Arrays.stream(order).map(axis -> strides[axis]).toArray(), 0);
        long height = product(IntStream.of(order).filter(axis -> !folded[axis]).mapToLong(x::size));
        long width = product(IntStream.of(order).filter(axis -> folded[axis]).mapToLong(x::size));
        boolean kept = rank == x.rank();
        long[] shape =
                IntStream.range(0, x.rank())
                        .filter(axis -> kept || !folded[axis])
                        .mapToLong(axis -> folded[axis] ? 1 : x.size(axis))
                        .toArray();
        return ImmutableList.of(
                x.pick(places, height, width), Tensor.ofIntegers(ElementType.INT64, shape, shape.length));
    }

    private static long product(LongStream sizes) {
        return sizes.reduce(1, Math::multiplyExact);
    }
}

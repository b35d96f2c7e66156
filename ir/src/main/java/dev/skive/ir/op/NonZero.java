package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// The places of the elements that are not zero, in row-major order
///
/// **Shapes**: `[d1..dr]` -> `[r, count]`; for rank 0, `[0, count]`.
/// **Types**: numbers or booleans -> `i64`.
/// **Numerics**: exact; NaN is not zero, -0.0 is.
/// **Errors**: none.
/// **Source**: ONNX `NonZero`.
///
/// @param count the symbol that stands for the number of places
public record NonZero(String count) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape places = Shape.of(Dim.of(operands.shape(0).rank()), Dim.symbol(count));
        return ImmutableList.of(new TensorType(ElementType.INT64, places));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        int[] places =
                java.util.stream.IntStream.range(0, x.count())
                        .filter(i -> x.element().isReal() ? x.reals()[i] != 0 : x.integers()[i] != 0)
                        .toArray();
        long[] sizes = x.sizes();
        var result = new long[sizes.length * places.length];
        for (int i = 0; i < places.length; i++) {
            long rest = places[i];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                result[axis * places.length + i] = rest % sizes[axis];
                rest /= sizes[axis];
            }
        }
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, result, sizes.length, places.length));
    }
}

package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Numbers as sizes: a tensor without elements whose axes are as long as the numbers say
///
/// Formula: `result[0, x[0], x[1], ...]`, which takes no memory and tells other operators the sizes.
/// **Shapes**: `[n]` -> `[0, sizes...]`.
/// **Types**: integers -> `i64`.
/// **Numerics**: exact.
/// **Errors**: at run time, a negative number or one above 2^31 - 1.
/// **Source**: any ONNX operand that tells sizes.
///
/// @param sizes the symbols of the sizes, one per number
public record Extents(ImmutableList<Dim> sizes) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 0);
        TypeError.check(
                !operands.shape(0).elementCount().differsFrom(Dim.of(sizes.size())),
                "there must be %s sizes, found %s",
                sizes.size(),
                operands.tensor(0));
        return ImmutableList.of(new TensorType(ElementType.INT64, Shape.of(Dim.ZERO).concat(Shape.of(sizes))));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        long[] numbers = evaluation.integers(0);
        for (long number : numbers) {
            Evaluation.check(number >= 0 && number <= Integer.MAX_VALUE, "%s contains what is no size", numbers);
        }
        var shape = new long[numbers.length + 1];
        System.arraycopy(numbers, 0, shape, 1, numbers.length);
        return ImmutableList.of(Tensor.zeros(ElementType.INT64, shape));
    }
}

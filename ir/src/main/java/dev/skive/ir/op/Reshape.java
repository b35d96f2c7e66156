package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;

/// The same elements in row-major order with other sizes
///
/// **Shapes**: any -> `dims`, which are symbolic: the importer computes them from the model's shape arithmetic.
/// **Types**: all.
/// **Numerics**: exact.
/// **Errors**: a number of elements that is known to differ.
/// **Source**: ONNX `Reshape`, `Squeeze`, `Unsqueeze`, `Flatten`.
///
/// @param dims the sizes of the result
public record Reshape(ImmutableList<Dim> dims) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        var shape = new Shape(dims);
        TypeError.check(
                !operands.shape(0).elementCount().differsFrom(shape.elementCount()),
                "%s has %s elements, %s has %s",
                operands.shape(0),
                operands.shape(0).elementCount(),
                shape,
                shape.elementCount());
        return ImmutableList.of(operands.tensor(0).withShape(shape));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        long[] sizes = evaluation.sizes(0);
        Evaluation.check(
                Strides.count(sizes) == operand.count(),
                "%s elements of %s do not fill %s",
                operand.count(),
                operand.sizes(),
                sizes);
        return ImmutableList.of(operand.reshape(sizes));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return operands.contents(0);
    }
}

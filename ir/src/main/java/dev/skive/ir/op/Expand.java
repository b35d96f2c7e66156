package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import java.util.Optional;

/// The operand repeated along axes of size 1
///
/// **Shapes**: any -> the operand's shape and `dims` broadcast together.
/// **Types**: all.
/// **Numerics**: exact.
/// **Errors**: shapes that do not broadcast.
/// **Source**: ONNX `Expand`, `ConstantOfShape`.
///
/// @param dims the sizes to broadcast to
public record Expand(ImmutableList<Dim> dims) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = Shape.broadcast(operands.shape(0), new Shape(dims));
        return ImmutableList.of(operands.tensor(0).withShape(shape));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        long[] sizes = evaluation.sizes(0);
        return ImmutableList.of(operand.broadcast(sizes));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        boolean single = operands.shape(0).elementCount().is(1);
        Dim count = Shape.broadcast(operands.shape(0), new Shape(dims)).elementCount();
        return operands.contents(0).map(all -> single ? repeat(all.getFirst(), count.known()) : all);
    }

    private static ImmutableList<Dim> repeat(Dim dim, long count) {
        return java.util.stream.LongStream.range(0, count).mapToObj(i -> dim).collect(ImmutableList.toImmutableList());
    }
}

package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.stream.IntStream;

/// Axis `i` of the result is axis `perm[i]` of the operand
///
/// **Shapes**: `[d0, d1, ...]` -> `[d(perm[0]), d(perm[1]), ...]`.
/// **Types**: all.
/// **Numerics**: exact.
/// **Errors**: `perm` is not a permutation of the axes.
/// **Source**: ONNX `Transpose`.
///
/// @param perm where each axis of the result comes from
public record Transpose(ImmutableList<Integer> perm) implements DataMovement {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = operands.shape(0);
        var axes = IntStream.range(0, shape.rank()).boxed().toList();
        TypeError.check(
                perm.stream().sorted().toList().equals(axes),
                "perm %s is not a permutation of the axes of %s",
                perm,
                shape);
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(perm.stream().map(shape::dim).toList())));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        int[] strides = Strides.of(operand.sizes());
        long[] sizes = perm.stream().mapToLong(axis -> operand.sizes()[axis]).toArray();
        int[] permuted = perm.stream().mapToInt(axis -> strides[axis]).toArray();
        return ImmutableList.of(operand.pick(Strides.offsets(sizes, permuted, 0), sizes));
    }
}

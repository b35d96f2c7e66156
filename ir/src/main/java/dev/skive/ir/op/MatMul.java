package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Products;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `Y[..., m, n] = sum over k of A[..., m, k] * B[..., k, n]`
///
/// **Shapes**: `[..., m, k]`, `[..., k, n]` -> `[..., m, n]`, leading axes broadcast; a rank-1 operand is a row on the
/// left and a column on the right, and its axis disappears.
/// **Types**: both operands of one numeric type.
/// **Numerics**: summed in order of k, rounded once.
/// **Errors**: sizes `k` that differ.
/// **Source**: ONNX `MatMul`, `numpy.matmul`.
public record MatMul() implements Contraction {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        ElementType element = operands.sameElementFrom(0);
        Shape a = operands.shape(0);
        Shape b = operands.shape(1);
        TypeError.check(a.rank() > 0 && b.rank() > 0, "operands must have rank 1 or more, found %s and %s", a, b);
        Dim inner = b.dim(b.rank() == 1 ? 0 : -2);
        TypeError.check(
                !a.last().differsFrom(inner), "inner sizes differ: %s of %s and %s of %s", a.last(), a, inner, b);
        return ImmutableList.of(new TensorType(element, shape(a, b)));
    }

    /// The shape of a product.
    static Shape shape(Shape a, Shape b) {
        Shape batch = Shape.broadcast(a.slice(0, Math.max(0, a.rank() - 2)), b.slice(0, Math.max(0, b.rank() - 2)));
        Shape rows = a.rank() == 1 ? Shape.SCALAR : Shape.of(a.dim(-2));
        Shape columns = b.rank() == 1 ? Shape.SCALAR : Shape.of(b.last());
        return batch.concat(rows).concat(columns);
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        return ImmutableList.of(Products.product(evaluation.operand(0), evaluation.operand(1), evaluation.sizes(0)));
    }
}

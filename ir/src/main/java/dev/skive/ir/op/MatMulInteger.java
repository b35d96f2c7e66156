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

/// `Y[..., m, n] = sum over k of (A[..., m, k] - zeroA) * (B[..., k, n] - zeroB)`
///
/// **Shapes**: `[..., m, k]`, `[..., k, n]` -> `[..., m, n]` as `MatMul`; zero points broadcast to the operand they belong
/// to without enlarging it.
/// **Types**: 8-bit integers, each zero point of its operand's type -> int32.
/// **Numerics**: exact, modulo `2^32`.
/// **Errors**: sizes `k` that differ, other types.
/// **Source**: ONNX `MatMulInteger`.
public record MatMulInteger() implements Contraction {
    @Override
    public Arity arity() {
        return Arity.exactly(4);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        for (int i = 0; i < 2; i++) {
            ElementType element = operands.requireInteger(i);
            TypeError.check(element.bits() == Byte.SIZE, "operand %s must have 8 bits, found %s", i, element);
            TypeError.check(
                    operands.element(i + 2) == element,
                    "the zero point of operand %s must be %s, found %s",
                    i,
                    element,
                    operands.tensor(i + 2));
            operands.requireFits(i + 2, operands.shape(i));
        }
        Shape a = operands.shape(0);
        Shape b = operands.shape(1);
        TypeError.check(a.rank() > 0 && b.rank() > 0, "operands must have rank 1 or more, found %s and %s", a, b);
        Dim inner = b.dim(b.rank() == 1 ? 0 : -2);
        TypeError.check(
                !a.last().differsFrom(inner), "inner sizes differ: %s of %s and %s of %s", a.last(), a, inner, b);
        return ImmutableList.of(new TensorType(ElementType.INT32, MatMul.shape(a, b)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        return ImmutableList.of(
                Products.product(difference(evaluation, 0), difference(evaluation, 1), evaluation.sizes(0)));
    }

    private static Tensor difference(Evaluation evaluation, int operand) {
        Tensor x = evaluation.operand(operand);
        long[] zero = evaluation.operand(operand + 2).broadcast(x.sizes()).integers();
        var difference = new long[x.count()];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = x.integers()[i] - zero[i];
        }
        return Tensor.ofIntegers(ElementType.INT32, difference, x.sizes());
    }
}

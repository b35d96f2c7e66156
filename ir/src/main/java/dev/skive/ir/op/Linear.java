package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Products;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `Y[..., n] = sum over k of X[..., k] * W[k, n] + b[n]`
///
/// **Shapes**: `[..., k]`, `[k, n]`, optional `[n]` -> `[..., n]`.
/// **Types**: one floating-point type.
/// **Numerics**: summed in order of k, the bias last.
/// **Errors**: sizes that differ.
/// **Source**: ONNX `MatMul` followed by `Add`; `Gemm` without transposition or scale.
public record Linear() implements Contraction {
    @Override
    public Arity arity() {
        return Arity.between(2, 3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.sameElementFrom(0);
        Shape x = operands.shape(0);
        Shape weight = operands.requireRank(1, 2);
        TypeError.check(x.rank() > 0, "operand 0 must have rank 1 or more, found %s", x);
        TypeError.check(
                !x.last().differsFrom(weight.dim(0)),
                "the last axis of operand 0 %s and the first of the weight %s differ",
                x,
                weight);
        if (operands.has(2)) {
            Shape bias = operands.requireRank(2, 1);
            TypeError.check(
                    !bias.dim(0).differsFrom(weight.dim(1)), "bias %s does not fit the weight %s", bias, weight);
        }
        return ImmutableList.of(operands.tensor(0).withShape(x.with(-1, weight.dim(1))));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor product = Products.product(evaluation.operand(0), evaluation.operand(1), evaluation.sizes(0));
        return ImmutableList.of(evaluation.optional(2).map(bias -> Products.addToRows(product, bias)).orElse(product));
    }
}

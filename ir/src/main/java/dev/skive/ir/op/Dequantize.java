package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `y = (x - zero) * scale`
///
/// **Shapes**: three shapes broadcast to one; a scale per tensor, per index of an axis, or per block has size 1 elsewhere.
/// **Types**: `x` and zero point of one type of at most 32 bits, a floating-point scale -> a floating-point type.
/// **Numerics**: computed in float32: the difference is rounded, which is exact for types of at most 16 bits, and so is
/// the product.
/// **Errors**: a result that is not floating-point, other types.
/// **Source**: ONNX `DequantizeLinear`.
///
/// @param to the element type of the result
public record Dequantize(ElementType to) implements Quantization {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        domain().check(0, operands.tensor(0));
        operands.requireReal(1);
        TypeError.check(to.isReal(), "%s cannot be dequantized to", to);
        TypeError.check(
                operands.element(0) == operands.element(2) && operands.element(0).bits() <= Integer.SIZE,
                "operands 0 and 2 must have one type of at most 32 bits, found %s and %s",
                operands.element(0),
                operands.element(2));
        return ImmutableList.of(new TensorType(to, operands.broadcastFrom(0)));
    }

    @Override
    public ScalarExpr expression() {
        ScalarExpr product = apply(ScalarFunction.MULTIPLY, apply(ScalarFunction.SUBTRACT, real(0), real(2)), real(1));
        return to == ElementType.FLOAT32 ? product : new ScalarExpr.Convert(to, product);
    }

    private static ScalarExpr real(int index) {
        return new ScalarExpr.Convert(ElementType.FLOAT32, argument(index));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        long[] sizes = evaluation.sizes(0);
        double[] x = Quantities.of(evaluation.operand(0), sizes);
        double[] scale = Quantities.of(evaluation.operand(1), sizes);
        double[] zero = Quantities.of(evaluation.operand(2), sizes);
        var result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (x[i] - zero[i]) * (float) scale[i];
        }
        return evaluation.reals(result);
    }
}

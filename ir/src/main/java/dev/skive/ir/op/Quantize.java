package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;
import static dev.skive.ir.op.ScalarExpr.literal;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `y = min(max(round(x / scale) + zero, least), greatest)`
///
/// **Shapes**: three shapes broadcast to one; a scale per tensor, per index of an axis, or per block has size 1 elsewhere.
/// **Types**: numbers, a floating-point scale, a zero point of the result's type -> an integer type of at most 16 bits.
/// **Numerics**: `x` and `scale` are taken as float32 and divided in float32; ties go to the even integer. NaN becomes the
/// least number.
/// **Errors**: another type to quantize to, or another type of zero point.
/// **Source**: ONNX `QuantizeLinear`.
///
/// @param to the element type of the result
public record Quantize(ElementType to) implements Quantization {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        domain().check(0, operands.tensor(0));
        operands.requireReal(1);
        TypeError.check(to.isInteger() && to.bits() <= Short.SIZE, "%s cannot be quantized to", to);
        TypeError.check(operands.element(2) == to, "the zero point must be %s, found %s", to, operands.tensor(2));
        return ImmutableList.of(new TensorType(to, operands.broadcastFrom(0)));
    }

    /// Comparing rather than taking the larger makes the least number of NaN.
    @Override
    public ScalarExpr expression() {
        ScalarExpr quotient = apply(ScalarFunction.DIVIDE, real(0), real(1));
        ScalarExpr moved = apply(ScalarFunction.ADD, apply(ScalarFunction.ROUND, quotient), real(2));
        ScalarExpr least = literal(Domain.least(to));
        ScalarExpr most = literal(Domain.greatest(to));
        ScalarExpr limited =
                apply(
                        ScalarFunction.SELECT,
                        apply(ScalarFunction.LESS_OR_EQUAL, least, moved),
                        apply(ScalarFunction.MINIMUM, moved, most),
                        least);
        return new ScalarExpr.Convert(to, limited);
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
        var result = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            double moved = Math.rint((float) x[i] / (float) scale[i]) + zero[i];
            result[i] = (long) (moved >= Domain.least(to) ? Math.min(moved, Domain.greatest(to)) : Domain.least(to));
        }
        return ImmutableList.of(Tensor.ofIntegers(to, result, sizes));
    }
}

package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// `y = x / sqrt(mean(x^2) + epsilon) * scale` over the axes from `axis` on
///
/// **Shapes**: `x`, `scale` -> the shape of `x`; scale broadcasts to the normalized axes.
/// **Types**: one floating-point type.
/// **Numerics**: summed in row-major order.
/// **Source**: ONNX `RMSNormalization` (opset 23); Zhang and Sennrich, "Root Mean Square Layer Normalization".
///
/// @param axis first normalized axis, counted from the front
/// @param epsilon added to the mean square
public record RmsNorm(int axis, double epsilon) implements Structured {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.sameElementFrom(0);
        Shape shape = operands.shape(0);
        operands.requireAxis(0, axis);
        operands.requireFits(1, shape.slice(axis, shape.rank()));
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long[] normalized = Arrays.copyOfRange(x.sizes(), axis, x.rank());
        int width = Strides.count(normalized);
        double[] scale = evaluation.reals(1);
        int[] scaleAt = Strides.broadcast(evaluation.operand(1).sizes(), normalized);
        var result = x.reals().clone();
        for (int start = 0; start < result.length; start += width) {
            double square = 0;
            for (int i = 0; i < width; i++) {
                square += result[start + i] * result[start + i] / width;
            }
            double root = Math.sqrt(square + epsilon);
            for (int i = 0; i < width; i++) {
                result[start + i] = result[start + i] / root * scale[scaleAt[i]];
            }
        }
        return evaluation.reals(result);
    }
}

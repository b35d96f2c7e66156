package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// `y = (x - mean) / sqrt(variance + epsilon) * scale + bias` over the axes from `axis` on
///
/// **Shapes**: `x`, `scale`, optional `bias` -> the shape of `x`; scale and bias broadcast to the normalized axes.
/// **Types**: one floating-point type.
/// **Numerics**: mean first, then the mean of squared differences.
/// **Source**: ONNX `LayerNormalization` (opset 17); Ba et al., "Layer Normalization".
///
/// @param axis first normalized axis, counted from the front
/// @param epsilon added to the variance
public record LayerNorm(int axis, double epsilon) implements Structured {
    @Override
    public Arity arity() {
        return Arity.between(2, 3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.sameElementFrom(0);
        Shape shape = operands.shape(0);
        operands.requireAxis(0, axis);
        Shape normalized = shape.slice(axis, shape.rank());
        operands.requireFits(1, normalized);
        if (operands.has(2)) {
            operands.requireFits(2, normalized);
        }
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long[] normalized = Arrays.copyOfRange(x.sizes(), axis, x.rank());
        int width = Strides.count(normalized);
        Tensor scale = evaluation.operand(1);
        int[] scaleAt = Strides.broadcast(scale.sizes(), normalized);
        var result = x.reals().clone();
        for (int start = 0; start < result.length; start += width) {
            normalize(result, start, width);
            for (int i = 0; i < width; i++) {
                result[start + i] *= scale.reals()[scaleAt[i]];
            }
        }
        evaluation
                .optional(2)
                .ifPresent(bias -> {
                    int[] biasAt = Strides.broadcast(bias.sizes(), normalized);
                    for (int i = 0; i < result.length; i++) {
                        result[i] += bias.reals()[biasAt[i % width]];
                    }
                });
        return evaluation.reals(result);
    }

    private void normalize(double[] row, int start, int width) {
        double mean = 0;
        for (int i = 0; i < width; i++) {
            mean += row[start + i] / width;
        }
        double variance = 0;
        for (int i = 0; i < width; i++) {
            row[start + i] -= mean;
            variance += row[start + i] * row[start + i] / width;
        }
        double deviation = Math.sqrt(variance + epsilon);
        for (int i = 0; i < width; i++) {
            row[start + i] /= deviation;
        }
    }
}

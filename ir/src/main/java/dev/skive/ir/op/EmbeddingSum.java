package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `y[i..., :] = table0[ids0[i...], :] + table1[ids1[i...], :] + ...`
///
/// **Shapes**: pairs `[vocabulary, width]`, `[i...]` -> `[i..., width]`; the ids broadcast to one shape.
/// **Types**: tables of one floating-point type, integer ids.
/// **Numerics**: added from left to right; a negative id counts from the end.
/// **Errors**: an odd number of operands, widths that differ; at run time, an id outside its vocabulary.
/// **Source**: ONNX `Gather` and `Add`, as encoders write token, position and segment embeddings.
public record EmbeddingSum() implements Structured {
    @Override
    public Arity arity() {
        return Arity.atLeast(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        TypeError.check(operands.size() % 2 == 0, "takes pairs of table and ids, found %s operands", operands.size());
        Shape ids = Shape.SCALAR;
        Dim width = operands.requireRank(0, 2).dim(1);
        for (int i = 0; i < operands.size(); i += 2) {
            operands.requireReal(i);
            operands.requireInteger(i + 1);
            Shape table = operands.requireRank(i, 2);
            TypeError.check(!table.dim(1).differsFrom(width), "tables have widths %s and %s", width, table.dim(1));
            TypeError.check(
                    operands.element(i) == operands.element(0),
                    "tables have types %s and %s",
                    operands.element(0),
                    operands.element(i));
            ids = Shape.broadcast(ids, operands.shape(i + 1));
        }
        return ImmutableList.of(operands.tensor(0).withShape(ids.concat(Shape.of(width))));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        long[] sizes = evaluation.sizes(0);
        int width = (int) sizes[sizes.length - 1];
        long[] positions = java.util.Arrays.copyOf(sizes, sizes.length - 1);
        var sum = new double[Strides.count(sizes)];
        for (int i = 0; i < evaluation.operands().size(); i += 2) {
            Tensor table = evaluation.operand(i);
            Evaluation.check(table.size(1) == width, "a table has width %s, the first %s", table.size(1), width);
            int[] at = Strides.broadcast(evaluation.operand(i + 1).sizes(), positions);
            for (int k = 0; k < sum.length; k++) {
                int row = IndexError.checked(evaluation.integers(i + 1)[at[k / width]], table.size(0));
                double element = table.reals()[row * width + k % width];
                sum[k] = i == 0 ? element : sum[k] + element;
            }
        }
        return evaluation.reals(sum);
    }
}

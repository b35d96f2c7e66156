package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The determinants of square matrices
///
/// **Shapes**: `[..., n, n]` -> `[...]`; a matrix without elements has the determinant 1.
/// **Types**: floating-point.
/// **Numerics**: Gaussian elimination with row pivoting in double precision, rounded once.
/// **Errors**: matrices that are not square.
/// **Source**: ONNX `Det`.
public record Det() implements Structured {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        Shape shape = operands.shape(0);
        TypeError.check(shape.rank() >= 2, "operand 0 must be [..., n, n], found %s", shape);
        TypeError.check(!shape.dim(-1).differsFrom(shape.dim(-2)), "matrices must be square, found %s", shape);
        return ImmutableList.of(operands.tensor(0).withShape(shape.slice(0, shape.rank() - 2)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        int n = operand.size(-1);
        Evaluation.check(operand.size(-2) == n, "matrices must be square, found %s", operand.sizes());
        var result = new double[Strides.count(evaluation.sizes(0))];
        for (int i = 0; i < result.length; i++) {
            var rows = new double[n][n];
            for (int row = 0; row < n; row++) {
                System.arraycopy(operand.reals(), (i * n + row) * n, rows[row], 0, n);
            }
            result[i] = determinant(rows);
        }
        return evaluation.reals(result);
    }

    private static double determinant(double[][] rows) {
        double product = 1;
        for (int step = 0; step < rows.length; step++) {
            int pivot = step;
            for (int row = step + 1; row < rows.length; row++) {
                pivot = Math.abs(rows[row][step]) > Math.abs(rows[pivot][step]) ? row : pivot;
            }
            double[] chosen = rows[pivot];
            rows[pivot] = rows[step];
            rows[step] = chosen;
            product *= pivot == step ? chosen[step] : -chosen[step];
            for (int row = step + 1; row < rows.length && chosen[step] != 0; row++) {
                double factor = rows[row][step] / chosen[step];
                for (int column = step + 1; column < rows.length; column++) {
                    rows[row][column] -= factor * chosen[column];
                }
            }
        }
        return product;
    }
}

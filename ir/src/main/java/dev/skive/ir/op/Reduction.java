package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// Folds the elements along some axes into one: `finish(fold(combine, start, prepare(x)...), count)`.
public sealed interface Reduction extends Op permits ReduceMax, ReduceMean, ReduceMin, ReduceProd, ReduceSum {
    /// The axes folded away, ascending, counted from the front.
    ImmutableList<Integer> axes();

    /// True when folded axes stay with size 1.
    boolean keepDims();

    /// The value of an empty fold of this element type.
    double start(ElementType element);

    /// What is done to each element (argument 0) first.
    default ScalarExpr prepare() {
        return ScalarExpr.argument(0);
    }

    /// How an element (argument 1) joins the result so far (argument 0).
    ScalarExpr combine();

    /// What is done to the fold (argument 0) at the end; argument 1 is the number of elements folded.
    default ScalarExpr finish() {
        return ScalarExpr.argument(0);
    }

    @Override
    default Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    default ImmutableList<Type> infer(Operands operands) {
        TensorType type = operands.tensor(0);
        Domain.NUMERIC.check(0, type);
        var dims = ImmutableList.<Dim>builder();
        axes().forEach(type.shape()::axis);
        for (int axis = 0; axis < type.shape().rank(); axis++) {
            if (!axes().contains(axis)) {
                dims.add(type.shape().dim(axis));
            } else if (keepDims()) {
                dims.add(Dim.ONE);
            }
        }
        return ImmutableList.of(type.withShape(new Shape(dims.build())));
    }

    @Override
    default ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        int[] targets = targets(operand);
        int results = Strides.count(evaluation.sizes(0));
        ElementType element = evaluation.element(0);
        long folded = results == 0 ? 0 : operand.count() / results;
        Tensor result =
                element.isReal()
                        ? Tensor.ofReals(element, foldReals(operand, targets, results, folded), evaluation.sizes(0))
                        : Tensor.ofIntegers(
                                element, foldIntegers(operand, targets, results, folded), evaluation.sizes(0));
        return ImmutableList.of(result);
    }

    private int[] targets(Tensor operand) {
        long[] kept = operand.sizes();
        axes().forEach(axis -> kept[axis] = 1);
        return Strides.broadcast(kept, operand.sizes());
    }

    private double[] foldReals(Tensor operand, int[] targets, int results, long folded) {
        var fold = new double[results];
        Arrays.fill(fold, start(operand.element()));
        for (int i = 0; i < targets.length; i++) {
            double prepared = reals(prepare(), operand.reals()[i], 0);
            fold[targets[i]] = reals(combine(), fold[targets[i]], prepared);
        }
        return Arrays.stream(fold).map(value -> reals(finish(), value, (double) folded)).toArray();
    }

    private static double reals(ScalarExpr expression, double a, double b) {
        return new ScalarFrame(ImmutableList.of(realScalar(a), realScalar(b))).real(expression);
    }

    private static Tensor realScalar(double value) {
        return Tensor.ofReals(ElementType.FLOAT64, new double[] {value});
    }

    private long[] foldIntegers(Tensor operand, int[] targets, int results, long folded) {
        var fold = new long[results];
        Arrays.fill(fold, (long) start(operand.element()));
        for (int i = 0; i < targets.length; i++) {
            long prepared = integers(prepare(), operand.element(), operand.integers()[i], 0);
            fold[targets[i]] = integers(combine(), operand.element(), fold[targets[i]], prepared);
        }
        return Arrays.stream(fold)
                .map(value -> ScalarFrame.cut(operand.element(), integers(finish(), operand.element(), value, folded)))
                .toArray();
    }

    private static long integers(ScalarExpr expression, ElementType element, long a, long b) {
        return new ScalarFrame(
                        ImmutableList.of(
                                Tensor.ofIntegers(element, new long[] {a}), Tensor.ofIntegers(element, new long[] {b})))
                .integer(expression);
    }
}

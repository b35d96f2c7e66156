package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import dev.skive.ir.data.Elements;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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
        TypeError.check(Ordering.natural().isStrictlyOrdered(axes()), "axes %s are not ascending", axes());
        axes().forEach(axis -> operands.requireAxis(0, axis));
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
        ElementType wide = widest(operand.element());
        long[] sizes = operand.sizes();
        int[] strides = Strides.of(sizes);
        int[] kept = offsets(sizes, strides, axis -> !axes().contains(axis));
        int[] folded = offsets(sizes, strides, axes()::contains);
        Tensor fold = filled(wide, start(operand.element()), kept.length);
        for (int from : folded) {
            Tensor elements = operand.pick(Arrays.stream(kept).map(at -> at + from).toArray(), kept.length);
            Tensor prepared = apply(prepare(), wide, elements, elements);
            fold = apply(combine(), wide, fold, prepared);
        }
        Tensor finished = apply(finish(), operand.element(), fold, filled(wide, folded.length, kept.length));
        return ImmutableList.of(finished.reshape(evaluation.sizes(0)));
    }

    /// The type folds are computed in: 8-bit elements must not wrap before their mean is taken.
    private static ElementType widest(ElementType element) {
        return switch (element.kind()) {
            case REAL -> ElementType.FLOAT64;
            case UNSIGNED -> ElementType.UINT64;
            default -> ElementType.INT64;
        };
    }

    /// Where the elements are along some axes, with the other axes at 0.
    private static int[] offsets(long[] sizes, int[] strides, IntPredicate wanted) {
        int[] axes = IntStream.range(0, sizes.length).filter(wanted).toArray();
        return Strides.offsets(
                Arrays.stream(axes).mapToLong(axis -> sizes[axis]).toArray(),
                Arrays.stream(axes).map(axis -> strides[axis]).toArray(),
                0);
    }

    private static Tensor apply(ScalarExpr expression, ElementType element, Tensor a, Tensor b) {
        return new ScalarFrame(ImmutableList.of(a, b), a.count()).evaluate(expression, element);
    }

    /// Numbers too large for an integer type become the greatest.
    private static Tensor filled(ElementType element, double value, int count) {
        if (element.isReal()) {
            return Tensor.ofReals(element, new double[] {value}).broadcast(count);
        }
        boolean unsigned = element == ElementType.UINT64;
        long integer = unsigned ? Elements.doubleToUnsigned(value) : (long) value;
        return Tensor.ofIntegers(element, new long[] {integer}).broadcast(count);
    }
}

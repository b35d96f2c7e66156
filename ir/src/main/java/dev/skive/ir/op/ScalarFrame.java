package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Bits;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.Arrays;

/// Evaluates scalar expressions over operands of one length, all positions at once.
final class ScalarFrame {
    private final ImmutableList<Tensor> operands;
    private final ImmutableList<ElementType> types;
    private final int count;

    /// @param operands the arguments, each with `count` elements
    /// @param count the number of positions
    ScalarFrame(ImmutableList<Tensor> operands, int count) {
        this.operands = operands;
        this.types = operands.stream().map(Tensor::element).collect(ImmutableList.toImmutableList());
        this.count = count;
    }

    /// The values of an expression as a tensor of rank 1 with elements of this type.
    Tensor evaluate(ScalarExpr expression, ElementType element) {
        if (element.isReal()) {
            return Tensor.ofReals(element, reals(expression), count);
        }
        long[] values = Arrays.stream(integers(expression)).map(element::wrap).toArray();
        return Tensor.ofIntegers(element, values, count);
    }

    /// The values of an expression of a real type; not to be written.
    private double[] reals(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> operands.get(index).reals();
            case Literal(double value) -> filled(value);
            case Convert(ElementType to, ScalarExpr value) -> narrow(to, isReal(value) ? reals(value) : toReals(value));
            case Bits(ElementType to, ScalarExpr value) -> bits(to, value).reals();
            case Apply(ScalarFunction function, var arguments) when function == ScalarFunction.SELECT ->
                    select(integers(arguments.get(0)), reals(arguments.get(1)), reals(arguments.get(2)));
            case Apply(ScalarFunction function, var arguments) ->
                    apply(function, reals(arguments.getFirst()), reals(arguments.getLast()));
        };
    }

    /// The values of an expression of an integer or boolean type; not to be written.
    private long[] integers(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> operands.get(index).integers();
            case Literal(double value) -> {
                var all = new long[count];
                Arrays.fill(all, (long) value);
                yield all;
            }
            case Convert(ElementType to, ScalarExpr value) -> toIntegers(to, value);
            case Bits(ElementType to, ScalarExpr value) -> bits(to, value).integers();
            case Apply(ScalarFunction function, var arguments) when function == ScalarFunction.SELECT ->
                    select(integers(arguments.get(0)), integers(arguments.get(1)), integers(arguments.get(2)));
            case Apply(ScalarFunction function, var arguments) when takesReals(arguments) ->
                    test(function, reals(arguments.getFirst()), reals(arguments.getLast()));
            case Apply(ScalarFunction function, var arguments) ->
                    apply(
                            function,
                            integers(arguments.getFirst()),
                            integers(arguments.getLast()),
                            arguments.stream().anyMatch(this::isUnsigned64));
        };
    }

    /// A value as it is stored, read as another type.
    private Tensor bits(ElementType to, ScalarExpr value) {
        ElementType from = type(value);
        Tensor stored =
                from.isReal()
                        ? Tensor.ofReals(from, reals(value), count)
                        : Tensor.ofIntegers(from, integers(value), count);
        return Tensor.of(TensorData.wrap(to, new long[] {count}, stored.toData().bytes()));
    }

    private double[] filled(double value) {
        var all = new double[count];
        Arrays.fill(all, value);
        return all;
    }

    private double[] apply(ScalarFunction function, double[] a, double[] b) {
        var result = new double[count];
        for (int i = 0; i < count; i++) {
            result[i] = function.real(a[i], b[i]);
        }
        return result;
    }

    private long[] apply(ScalarFunction function, long[] a, long[] b, boolean unsigned) {
        var result = new long[count];
        for (int i = 0; i < count; i++) {
            result[i] = function.integer(a[i], b[i], unsigned);
        }
        return result;
    }

    private long[] test(ScalarFunction function, double[] a, double[] b) {
        var result = new long[count];
        for (int i = 0; i < count; i++) {
            result[i] = function.test(a[i], b[i]) ? 1 : 0;
        }
        return result;
    }

    private double[] select(long[] condition, double[] a, double[] b) {
        var result = new double[count];
        for (int i = 0; i < count; i++) {
            result[i] = condition[i] != 0 ? a[i] : b[i];
        }
        return result;
    }

    private long[] select(long[] condition, long[] a, long[] b) {
        var result = new long[count];
        for (int i = 0; i < count; i++) {
            result[i] = condition[i] != 0 ? a[i] : b[i];
        }
        return result;
    }

    /// Types of at most 8 bits are rounded to as integers are, whatever the precision of the evaluation.
    private static double[] narrow(ElementType to, double[] values) {
        return to.bits() > Byte.SIZE ? values : Arrays.stream(values).map(FloatFormat.of(to)::round).toArray();
    }

    private double[] toReals(ScalarExpr value) {
        boolean unsigned = isUnsigned64(value);
        return Arrays.stream(integers(value))
                .mapToDouble(bits -> unsigned ? Elements.unsignedToDouble(bits) : bits)
                .toArray();
    }

    private long[] toIntegers(ElementType to, ScalarExpr value) {
        if (to == ElementType.BOOL) {
            return isReal(value)
                    ? Arrays.stream(reals(value)).mapToLong(x -> x != 0 ? 1 : 0).toArray()
                    : Arrays.stream(integers(value)).map(x -> x != 0 ? 1 : 0).toArray();
        }
        long[] converted =
                isReal(value)
                        ? Arrays.stream(reals(value)).mapToLong(x -> Truncation.of(to, x)).toArray()
                        : integers(value);
        return Arrays.stream(converted).map(to::wrap).toArray();
    }

    private boolean isReal(ScalarExpr expression) {
        return type(expression).isReal();
    }

    /// Literals adapt to what they are compared with.
    private boolean takesReals(ImmutableList<ScalarExpr> arguments) {
        return arguments.stream().allMatch(argument -> argument instanceof Literal || isReal(argument));
    }

    private boolean isUnsigned64(ScalarExpr expression) {
        return type(expression) == ElementType.UINT64;
    }

    private ElementType type(ScalarExpr expression) {
        return expression.type(types, ElementType.FLOAT64);
    }
}

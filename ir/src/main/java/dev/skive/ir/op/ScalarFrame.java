package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.type.ElementType;

/// Evaluates scalar expressions over operands at one position at a time.
final class ScalarFrame {
    private final ImmutableList<Tensor> operands;
    private final ImmutableList<ElementType> types;
    private final int[] positions;

    ScalarFrame(ImmutableList<Tensor> operands) {
        this.operands = operands;
        this.types = operands.stream().map(Tensor::element).collect(ImmutableList.toImmutableList());
        this.positions = new int[operands.size()];
    }

    /// Moves an operand to one of its elements.
    void move(int operand, int position) {
        positions[operand] = position;
    }

    /// The value of an expression of a real type.
    double real(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> operands.get(index).reals()[positions[index]];
            case Literal(double value) -> value;
            case Convert(ElementType to, ScalarExpr value) -> isReal(value) ? real(value) : toReal(value);
            case Apply(ScalarFunction function, var arguments) when function == ScalarFunction.SELECT ->
                    integer(arguments.get(0)) != 0 ? real(arguments.get(1)) : real(arguments.get(2));
            case Apply(ScalarFunction function, var arguments) ->
                    function.real(real(arguments.getFirst()), real(arguments.getLast()));
        };
    }

    /// The value of an expression of an integer or boolean type.
    long integer(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> operands.get(index).integers()[positions[index]];
            case Literal(double value) -> (long) value;
            case Convert(ElementType to, ScalarExpr value) -> toInteger(to, value);
            case Apply(ScalarFunction function, var arguments) when function == ScalarFunction.SELECT ->
                    integer(arguments.get(0)) != 0 ? integer(arguments.get(1)) : integer(arguments.get(2));
            case Apply(ScalarFunction function, var arguments) when isReal(arguments.getFirst()) ->
                    function.test(real(arguments.getFirst()), real(arguments.getLast())) ? 1 : 0;
            case Apply(ScalarFunction function, var arguments) ->
                    function.integer(
                            integer(arguments.getFirst()),
                            integer(arguments.getLast()),
                            isUnsigned64(arguments.getFirst()));
        };
    }

    private double toReal(ScalarExpr value) {
        long bits = integer(value);
        return isUnsigned64(value) && bits < 0 ? ((bits >>> 1) | (bits & 1)) * 2.0 : bits;
    }

    private long toInteger(ElementType to, ScalarExpr value) {
        if (to == ElementType.BOOL) {
            return (isReal(value) ? real(value) != 0 : integer(value) != 0) ? 1 : 0;
        }
        return cut(to, isReal(value) ? fromReal(to, real(value)) : integer(value));
    }

    private static long fromReal(ElementType to, double value) {
        return to == ElementType.UINT64 && value >= 0x1p63 ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) value;
    }

    private boolean isReal(ScalarExpr expression) {
        return expression.type(types, ElementType.FLOAT64).isReal();
    }

    private boolean isUnsigned64(ScalarExpr expression) {
        return expression.type(types, ElementType.FLOAT64) == ElementType.UINT64;
    }

    /// The low bits that an integer type keeps, extended again to 64.
    static long cut(ElementType type, long value) {
        int unused = Long.SIZE - type.bits();
        return switch (type.kind()) {
            case SIGNED -> value << unused >> unused;
            case UNSIGNED -> value << unused >>> unused;
            default -> value;
        };
    }
}

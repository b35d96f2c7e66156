package dev.skive.ir.op;

import org.apache.commons.numbers.gamma.Erf;

/// What scalar expressions are made of. Functions on integers wrap at 64 bits; the result is then cut to the width of
/// its element type. `unsigned` matters for 64-bit unsigned operands only, narrower ones are positive anyway.
public enum ScalarFunction {
    ADD(2),
    SUBTRACT(2),
    MULTIPLY(2),
    DIVIDE(2),
    REMAINDER(2),
    MODULO(2),
    POWER(2),
    MINIMUM(2),
    MAXIMUM(2),
    NEGATE(1),
    ABSOLUTE(1),
    FLOOR(1),
    CEILING(1),
    ROUND(1),
    SQUARE_ROOT(1),
    EXPONENTIAL(1),
    LOGARITHM(1),
    SINE(1),
    COSINE(1),
    TANGENT(1),
    ARC_SINE(1),
    ARC_COSINE(1),
    ARC_TANGENT(1),
    SINE_HYPERBOLIC(1),
    COSINE_HYPERBOLIC(1),
    TANGENT_HYPERBOLIC(1),
    AREA_SINE(1),
    AREA_COSINE(1),
    AREA_TANGENT(1),
    ERROR_FUNCTION(1),
    EQUAL(2),
    LESS(2),
    LESS_OR_EQUAL(2),
    AND(2),
    OR(2),
    NOT(1),
    BIT_AND(2),
    BIT_OR(2),
    BIT_XOR(2),
    SHIFT_LEFT(2),
    SHIFT_RIGHT(2),
    SELECT(3);

    /// Beyond it `x * x + 1` is `x * x`.
    private static final double LARGE = 0x1p28;

    private static final double LN_2 = StrictMath.log(2);

    private final int arity;

    ScalarFunction(int arity) {
        this.arity = arity;
    }

    /// Number of arguments.
    public int arity() {
        return arity;
    }

    /// True when the result is a boolean whatever the arguments are.
    public boolean isPredicate() {
        return switch (this) {
            case EQUAL, LESS, LESS_OR_EQUAL, AND, OR, NOT -> true;
            default -> false;
        };
    }

    /// The value on real arguments; the second is ignored by functions of one.
    double real(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case MODULO -> modulo(a, b);
            case POWER -> Math.pow(a, b);
            case MINIMUM -> Math.min(a, b);
            case MAXIMUM -> Math.max(a, b);
            case NEGATE -> -a;
            case ABSOLUTE -> Math.abs(a);
            case FLOOR -> Math.floor(a);
            case CEILING -> Math.ceil(a);
            case ROUND -> Math.rint(a);
            case SQUARE_ROOT -> Math.sqrt(a);
            case EXPONENTIAL -> StrictMath.exp(a);
            case LOGARITHM -> StrictMath.log(a);
            case SINE -> StrictMath.sin(a);
            case COSINE -> StrictMath.cos(a);
            case TANGENT -> StrictMath.tan(a);
            case ARC_SINE -> StrictMath.asin(a);
            case ARC_COSINE -> StrictMath.acos(a);
            case ARC_TANGENT -> StrictMath.atan(a);
            case SINE_HYPERBOLIC -> StrictMath.sinh(a);
            case COSINE_HYPERBOLIC -> StrictMath.cosh(a);
            case TANGENT_HYPERBOLIC -> StrictMath.tanh(a);
            case AREA_SINE -> Math.copySign(areaSine(Math.abs(a)), a);
            case AREA_COSINE -> areaCosine(a);
            case AREA_TANGENT -> Math.copySign(StrictMath.log1p(2 * Math.abs(a) / (1 - Math.abs(a))) / 2, a);
            case ERROR_FUNCTION -> Erf.value(a);
            default -> throw new AssertionError(this + " has no real result");
        };
    }

    /// The value of a predicate on real arguments.
    boolean test(double a, double b) {
        return switch (this) {
            case EQUAL -> a == b;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            default -> throw new AssertionError(this + " is not a comparison");
        };
    }

    /// The value on integer or boolean arguments; predicates give 0 or 1.
    long integer(long a, long b, boolean unsigned) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> quotient(a, b, unsigned);
            case REMAINDER -> remainder(a, b, unsigned);
            case MODULO -> modulo(a, b, unsigned);
            case POWER -> power(a, b);
            case MINIMUM -> compare(a, b, unsigned) <= 0 ? a : b;
            case MAXIMUM -> compare(a, b, unsigned) >= 0 ? a : b;
            case NEGATE -> -a;
            case ABSOLUTE -> unsigned ? a : Math.abs(a);
            case FLOOR, CEILING, ROUND -> a;
            case EQUAL -> a == b ? 1 : 0;
            case LESS -> compare(a, b, unsigned) < 0 ? 1 : 0;
            case LESS_OR_EQUAL -> compare(a, b, unsigned) <= 0 ? 1 : 0;
            case AND -> a & b;
            case OR -> a | b;
            case NOT -> 1 - a;
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            case BIT_XOR -> a ^ b;
            case SHIFT_LEFT -> Long.compareUnsigned(b, Long.SIZE) < 0 ? a << b : 0;
            case SHIFT_RIGHT -> Long.compareUnsigned(b, Long.SIZE) < 0 ? a >>> b : 0;
            default -> throw new AssertionError(this + " has no integer result");
        };
    }

    private static int compare(long a, long b, boolean unsigned) {
        return unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    /// Division by zero is undefined in ONNX; 0 keeps the evaluation going.
    private static long quotient(long a, long b, boolean unsigned) {
        if (b == 0) {
            return 0;
        }
        return unsigned ? Long.divideUnsigned(a, b) : a / b;
    }

    /// The remainder with the sign of the divisor.
    private static double modulo(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    private static long remainder(long a, long b, boolean unsigned) {
        if (b == 0) {
            return 0;
        }
        return unsigned ? Long.remainderUnsigned(a, b) : a % b;
    }

    private static long modulo(long a, long b, boolean unsigned) {
        long remainder = remainder(a, b, unsigned);
        return !unsigned && remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    /// `asinh(x)` for `x >= 0`; the square of a large one would overflow.
    private static double areaSine(double x) {
        return x > LARGE ? StrictMath.log(x) + LN_2 : StrictMath.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
    }

    private static double areaCosine(double x) {
        double above = x - 1;
        return x > LARGE ? StrictMath.log(x) + LN_2 : StrictMath.log1p(above + Math.sqrt(2 * above + above * above));
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return Math.abs(base) == 1 ? (exponent % 2 == 0 ? 1 : base) : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return result;
    }
}

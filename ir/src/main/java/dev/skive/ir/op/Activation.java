package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.literal;

/// The nonlinearity of a gate in a recurrent operator.
///
/// @param kind which function
/// @param alpha its first parameter, 0 when it has none
/// @param beta its second parameter, 0 when it has none
public record Activation(Kind kind, double alpha, double beta) {
    /// The functions there are.
    public enum Kind {
        /// `alpha x + beta`.
        AFFINE(1, 0),
        /// `x < 0 ? alpha (e^x - 1) : x`.
        ELU(1),
        /// `min(max(alpha x + beta, 0), 1)`.
        HARD_SIGMOID(0.2, 0.5),
        /// `x < 0 ? alpha x : x`.
        LEAKY_RELU(0.01),
        /// `max(x, 0)`.
        RELU,
        /// `alpha tanh(beta x)`.
        SCALED_TANH(1, 1),
        /// `1 / (1 + e^-x)`.
        SIGMOID,
        /// `log(1 + e^x)`.
        SOFTPLUS,
        /// `x / (1 + |x|)`.
        SOFTSIGN,
        /// `tanh(x)`.
        TANH,
        /// `x > alpha ? x : 0`.
        THRESHOLDED_RELU(1);

        private final int parameters;
        private final double alpha;
        private final double beta;

        Kind(double... defaults) {
            this.parameters = defaults.length;
            this.alpha = parameters > 0 ? (float) defaults[0] : 0;
            this.beta = parameters > 1 ? (float) defaults[1] : 0;
        }

        /// How many parameters it has: none, alpha, or alpha and beta.
        public int parameters() {
            return parameters;
        }

        /// The function with the parameters that ONNX takes when none are given.
        public Activation usual() {
            return new Activation(this, alpha, beta);
        }
    }

    /// Parameters that a function does not have count as 0.
    public Activation {
        alpha = kind.parameters() > 0 ? alpha : 0;
        beta = kind.parameters() > 1 ? beta : 0;
    }

    /// The value at `x`.
    public double of(double x) {
        return switch (kind) {
            case AFFINE -> alpha * x + beta;
            case ELU -> x < 0 ? alpha * Math.expm1(x) : x;
            case HARD_SIGMOID -> Math.min(Math.max(alpha * x + beta, 0), 1);
            case LEAKY_RELU -> x < 0 ? alpha * x : x;
            case RELU -> Math.max(x, 0);
            case SCALED_TANH -> alpha * StrictMath.tanh(beta * x);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(StrictMath.exp(-Math.abs(x)));
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case TANH -> StrictMath.tanh(x);
            case THRESHOLDED_RELU -> x > alpha ? x : 0;
        };
    }

    /// The function of an expression, for code generation.
    public ScalarExpr expression(ScalarExpr x) {
        return switch (kind) {
            case AFFINE -> affine(x);
            case ELU -> negative(x, times(alpha, minusOne(exp(x))));
            case HARD_SIGMOID ->
                    apply(ScalarFunction.MINIMUM, apply(ScalarFunction.MAXIMUM, affine(x), literal(0)), literal(1));
            case LEAKY_RELU -> negative(x, times(alpha, x));
            case RELU -> apply(ScalarFunction.MAXIMUM, x, literal(0));
            case SCALED_TANH -> times(alpha, tanh(times(beta, x)));
            case SIGMOID -> apply(ScalarFunction.DIVIDE, literal(1), plusOne(exp(negated(x))));
            case SOFTPLUS ->
                    apply(
                            ScalarFunction.ADD,
                            apply(ScalarFunction.MAXIMUM, x, literal(0)),
                            apply(ScalarFunction.LOGARITHM, plusOne(exp(negated(absolute(x))))));
            case SOFTSIGN -> apply(ScalarFunction.DIVIDE, x, plusOne(absolute(x)));
            case TANH -> tanh(x);
            case THRESHOLDED_RELU ->
                    apply(ScalarFunction.SELECT, apply(ScalarFunction.LESS, literal(alpha), x), x, literal(0));
        };
    }

    private ScalarExpr affine(ScalarExpr x) {
        return apply(ScalarFunction.ADD, times(alpha, x), literal(beta));
    }

    private static ScalarExpr negative(ScalarExpr x, ScalarExpr below) {
        return apply(ScalarFunction.SELECT, apply(ScalarFunction.LESS, x, literal(0)), below, x);
    }

    private static ScalarExpr times(double factor, ScalarExpr x) {
        return apply(ScalarFunction.MULTIPLY, x, literal(factor));
    }

    private static ScalarExpr plusOne(ScalarExpr x) {
        return apply(ScalarFunction.ADD, x, literal(1));
    }

    private static ScalarExpr minusOne(ScalarExpr x) {
        return apply(ScalarFunction.SUBTRACT, x, literal(1));
    }

    private static ScalarExpr exp(ScalarExpr x) {
        return apply(ScalarFunction.EXPONENTIAL, x);
    }

    private static ScalarExpr tanh(ScalarExpr x) {
        return apply(ScalarFunction.TANGENT_HYPERBOLIC, x);
    }

    private static ScalarExpr negated(ScalarExpr x) {
        return apply(ScalarFunction.NEGATE, x);
    }

    private static ScalarExpr absolute(ScalarExpr x) {
        return apply(ScalarFunction.ABSOLUTE, x);
    }
}

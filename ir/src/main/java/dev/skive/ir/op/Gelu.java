package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;
import static dev.skive.ir.op.ScalarExpr.literal;

/// `x/2 * (1 + erf(x / sqrt(2)))`, or with tanh `x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: evaluated as written, rounded once.
/// **Source**: ONNX `Gelu` (opset 20); Hendrycks and Gimpel, "Gaussian Error Linear Units".
///
/// @param form which of the two formulas
public record Gelu(Form form) implements Elementwise {
    /// The exact formula or its approximation.
    public enum Form {
        ERF,
        TANH
    }

    private static final double CUBIC = 0.044715;

    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        ScalarExpr half = apply(ScalarFunction.MULTIPLY, literal(0.5), argument(0));
        return apply(ScalarFunction.MULTIPLY, half, apply(ScalarFunction.ADD, literal(1), curve()));
    }

    private ScalarExpr curve() {
        ScalarExpr x = argument(0);
        return switch (form) {
            case ERF ->
                    apply(ScalarFunction.ERROR_FUNCTION, apply(ScalarFunction.MULTIPLY, x, literal(Math.sqrt(0.5))));
            case TANH -> {
                ScalarExpr square = apply(ScalarFunction.MULTIPLY, x, x);
                ScalarExpr factor =
                        apply(ScalarFunction.ADD, literal(1), apply(ScalarFunction.MULTIPLY, literal(CUBIC), square));
                ScalarExpr scaled = apply(ScalarFunction.MULTIPLY, x, literal(Math.sqrt(2 / Math.PI)));
                yield apply(ScalarFunction.TANGENT_HYPERBOLIC, apply(ScalarFunction.MULTIPLY, scaled, factor));
            }
        };
    }
}

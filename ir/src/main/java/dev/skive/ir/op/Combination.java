package dev.skive.ir.op;

/// How an element that is written joins the one in its place.
public enum Combination {
    REPLACE,
    ADD,
    MUL,
    MAX,
    MIN;

    /// Of the element in place (argument 0) and the one that is written (argument 1).
    public ScalarExpr expression() {
        ScalarExpr there = ScalarExpr.argument(0);
        ScalarExpr written = ScalarExpr.argument(1);
        return switch (this) {
            case REPLACE -> written;
            case ADD -> ScalarExpr.apply(ScalarFunction.ADD, there, written);
            case MUL -> ScalarExpr.apply(ScalarFunction.MULTIPLY, there, written);
            case MAX -> ScalarExpr.apply(ScalarFunction.MAXIMUM, there, written);
            case MIN -> ScalarExpr.apply(ScalarFunction.MINIMUM, there, written);
        };
    }
}

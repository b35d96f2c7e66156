package dev.skive.passes.fuse;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.number;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Tanh;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Rule;

/// The two formulas of GELU in the operand orders that PyTorch, TensorFlow and Keras write.
final class GeluRules {
    private static final double CUBIC = 0.044715;
    private static final double TANH_FACTOR = Math.sqrt(2 / Math.PI);

    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    rule("recognize-gelu-erf", erf(), Gelu.Form.ERF),
                    rule("recognize-gelu-tanh", tanh(), Gelu.Form.TANH));

    private GeluRules() {}

    private static Rule rule(String name, Pattern curve, Gelu.Form form) {
        return Rule.reassociating(
                name, weighted(curve), (match, emitter) -> emitter.add(new Gelu(form), emitter.map(match.value("x"))));
    }

    /// `x * 0.5 * (1 + curve)` in any order, and with the half multiplied out.
    private static Pattern weighted(Pattern curve) {
        Pattern x = any("x");
        Pattern raised = owned(Add.class, curve, number(1));
        return oneOf(
                op(Mul.class, half(x), raised),
                half(owned(Mul.class, x, raised)),
                op(Mul.class, x, half(raised)),
                op(Mul.class, x, owned(Add.class, half(curve), number(0.5))));
    }

    private static Pattern half(Pattern value) {
        return oneOf(op(Mul.class, value, number(0.5)), op(Div.class, value, number(2)));
    }

    private static Pattern erf() {
        return owned(
                Erf.class,
                oneOf(op(Div.class, any("x"), number(Math.sqrt(2))), op(Mul.class, any("x"), number(Math.sqrt(0.5)))));
    }

    private static Pattern tanh() {
        Pattern x = any("x");
        Pattern factor = number(TANH_FACTOR);
        Pattern square = oneOf(op(Mul.class, x, x), op(Pow.class, x, number(2)));
        Pattern cube = oneOf(op(Pow.class, x, number(3)), op(Mul.class, x, square));
        Pattern scaledCube =
                oneOf(
                        op(Mul.class, cube, number(CUBIC)),
                        op(Mul.class, op(Mul.class, number(CUBIC), x), square),
                        op(Mul.class, op(Mul.class, op(Mul.class, number(CUBIC), x), x), x));
        Pattern scaledSquare =
                oneOf(op(Mul.class, square, number(CUBIC)), op(Mul.class, op(Mul.class, number(CUBIC), x), x));
        Pattern bracket = op(Add.class, number(1), scaledSquare);
        return owned(
                Tanh.class,
                oneOf(
                        op(Mul.class, op(Add.class, x, scaledCube), factor),
                        op(Mul.class, op(Mul.class, x, factor), bracket),
                        op(Mul.class, op(Mul.class, x, bracket), factor),
                        op(Mul.class, x, op(Mul.class, bracket, factor))));
    }
}

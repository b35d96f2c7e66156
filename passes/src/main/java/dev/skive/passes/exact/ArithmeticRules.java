package dev.skive.passes.exact;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.exactly;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Where;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.Replacement;
import dev.skive.passes.rule.Rule;

/// Arithmetic and logic that changes nothing. `x + 0.0` is not here, since it turns -0.0 into 0.0; nor is `x * 0.0`,
/// since infinity and NaN do not become zero.
final class ArithmeticRules {
    private static final Replacement X = Replacement.by("x");

    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.exact("drop-multiply-by-one", op(Mul.class, any("x"), exactly(1)), X),
                    Rule.exact("drop-divide-by-one", op(Div.class, any("x"), exactly(1)), X),
                    Rule.exact("drop-subtract-zero", op(Sub.class, any("x"), exactly(0.0)), X),
                    Rule.exact("drop-add-negative-zero", op(Add.class, any("x"), exactly(-0.0)), X),
                    Rule.exact(
                            "drop-add-integer-zero", op(Add.class, any("x"), exactly(0.0)), X, Condition.integer("x")),
                    Rule.exact("drop-double-negation", op(Neg.class, op(Neg.class, any("x"))), X),
                    Rule.exact("drop-double-not", op(Not.class, op(Not.class, any("x"))), X),
                    Rule.exact("drop-repeated-relu", op(Relu.class, op(Relu.class, any("y")).as("x")), X),
                    Rule.exact("drop-repeated-abs", op(Abs.class, op(Abs.class, any("y")).as("x")), X),
                    Rule.exact("drop-repeated-floor", op(Floor.class, op(Floor.class, any("y")).as("x")), X),
                    Rule.exact("drop-repeated-ceil", op(Ceil.class, op(Ceil.class, any("y")).as("x")), X),
                    Rule.exact(
                            "drop-choice-of-itself",
                            oneOf(op(Min.class, any("x"), any("x")), op(Max.class, any("x"), any("x"))),
                            X),
                    Rule.exact(
                            "drop-logic-with-itself",
                            oneOf(op(And.class, any("x"), any("x")), op(Or.class, any("x"), any("x"))),
                            X),
                    Rule.exact("drop-and-true", op(And.class, any("x"), exactly(1)), X),
                    Rule.exact("drop-or-false", op(Or.class, any("x"), exactly(0)), X),
                    Rule.exact(
                            "drop-decided-where",
                            oneOf(
                                    op(Where.class, exactly(1), any("x"), any("y")),
                                    op(Where.class, exactly(0), any("y"), any("x")),
                                    op(Where.class, any("condition"), any("x"), any("x"))),
                            X),
                    Rule.exact(
                            "drop-not-under-where",
                            op(Where.class, owned(Not.class, any("condition")), any("x"), any("y")),
                            (match, emitter) ->
                                    emitter.add(
                                            new Where(),
                                            emitter.map(match.value("condition")),
                                            emitter.map(match.value("y")),
                                            emitter.map(match.value("x")))));

    private ArithmeticRules() {}
}

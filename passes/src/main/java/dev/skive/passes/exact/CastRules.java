package dev.skive.passes.exact;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Cast;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Replacement;
import dev.skive.passes.rule.Rule;

/// Conversions that change nothing.
final class CastRules {
    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.exact("drop-cast", op(Cast.class, any("x")), Replacement.by("x")),
                    Rule.exact(
                                    "merge-casts",
                                    op(Cast.class, op(Cast.class, any("x")).as("inner")).as("outer"),
                                    (match, emitter) ->
                                            emitter.add(match.op("outer", Cast.class), emitter.map(match.value("x"))),
                                    new Condition(
                                            "the inner conversion keeps every value",
                                            match ->
                                                    keepsEveryValue(
                                                            match.value("x").tensor().element(),
                                                            match.op("inner", Cast.class).to())))
                            .lowering(CostClaim.DEPTH));

    private CastRules() {}

    private static boolean keepsEveryValue(ElementType from, ElementType to) {
        if (from == to || from == ElementType.BOOL) {
            return to != ElementType.STRING;
        }
        if (to.isReal()) {
            return from.isReal() ? widens(from, to) : from.isInteger() && from.bits() <= significantBits(to);
        }
        boolean signFits = from.kind() == to.kind() || to.kind() == ElementType.Kind.SIGNED;
        return from.isInteger() && to.isInteger() && signFits && to.bits() > from.bits();
    }

    private static boolean widens(ElementType from, ElementType to) {
        return switch (to) {
            case FLOAT64 -> true;
            case FLOAT32 -> from != ElementType.FLOAT64;
            default -> false;
        };
    }

    private static int significantBits(ElementType real) {
        return switch (real) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            default -> 0;
        };
    }
}

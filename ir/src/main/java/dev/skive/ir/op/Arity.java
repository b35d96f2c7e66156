package dev.skive.ir.op;

import dev.skive.ir.type.TypeError;

/// How many operands an operator takes; those from `required` on may be absent.
///
/// @param required operands that must be there
/// @param maximum operands there can be
public record Arity(int required, int maximum) {
    /// Exactly `count` operands.
    public static Arity exactly(int count) {
        return new Arity(count, count);
    }

    /// `required` operands and possibly more, up to `maximum`.
    public static Arity between(int required, int maximum) {
        return new Arity(required, maximum);
    }

    /// `required` operands or more.
    public static Arity atLeast(int required) {
        return new Arity(required, Integer.MAX_VALUE);
    }

    /// Checks a list of operands.
    ///
    /// @throws TypeError when there are too few or too many
    public void check(Operands operands) {
        int found = operands.size();
        TypeError.check(
                found >= required && found <= maximum,
                "takes %s operands, found %s",
                required == maximum
                        ? required
                        : maximum == Integer.MAX_VALUE ? required + " or more" : required + " to " + maximum,
                found);
        for (int i = 0; i < required; i++) {
            TypeError.check(operands.has(i), "operand %s is required but was left out", i);
        }
    }
}

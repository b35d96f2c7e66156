package dev.skive.passes.rule.mutation;

/// A rule with one mistake.
///
/// @param rule the name of the rule
/// @param kind what sort of mistake
/// @param edit what was written and what stands there now
/// @param text the whole rule
public record Mutant(String rule, Kind kind, Edit edit, String text) {
    /// Sorts of mistakes.
    public enum Kind {
        /// A number, in a pattern, a condition or an attribute.
        NUMBER,
        /// An attribute that is a word, a list, a variable or a function of these.
        ATTRIBUTE,
        /// A condition that is missing, or the other way round, or off by one.
        CONDITION,
        /// `once` that is missing.
        ONCE,
        /// Operands in another order.
        ORDER
    }

    /// A passage of a text replaced by another.
    ///
    /// @param line where it begins, counted from 1 in the rule
    /// @param before what was written
    /// @param after what stands there now
    public record Edit(int line, String before, String after) {
        @Override
        public String toString() {
            return "line %d: '%s' -> '%s'".formatted(line, inOneLine(before), inOneLine(after));
        }

        private static String inOneLine(String passage) {
            return passage.replaceAll("\\s+", " ");
        }
    }

    @Override
    public String toString() {
        return "%s, %s, %s".formatted(rule, kind, edit);
    }
}

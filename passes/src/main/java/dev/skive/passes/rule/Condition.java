package dev.skive.passes.rule;

import java.util.Optional;
import java.util.function.Predicate;

/// What must hold for a match besides its form.
///
/// @param text in words, to explain why a rule did not fire
/// @param test decides about a match
public record Condition(String text, Predicate<Match> test) {
    /// The elements of a value are integers.
    public static Condition integer(String name) {
        return new Condition(name + " has integer elements", match -> match.value(name).tensor().element().isInteger());
    }

    /// The elements of a value are floating-point.
    public static Condition real(String name) {
        return new Condition(
                name + " has floating-point elements", match -> match.value(name).tensor().element().isReal());
    }

    /// A value has this number of axes.
    public static Condition rank(String name, int rank) {
        return new Condition(name + " has rank " + rank, match -> match.shape(name).rank() == rank);
    }

    /// True when this holds for the match.
    boolean holds(Match match) {
        return violation(match).isEmpty();
    }

    /// In words, how the match violates this.
    public Optional<String> violation(Match match) {
        try {
            return test.test(match) ? Optional.empty() : Optional.of(text);
        } catch (Inapplicable undecided) {
            return Optional.of(text + " (" + undecided.getMessage() + ")");
        } catch (ArithmeticException overflow) {
            return Optional.of(text + " (its numbers overflow 64 bits)");
        }
    }
}

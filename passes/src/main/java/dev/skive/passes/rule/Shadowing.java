package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Expression;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Commutative;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whether a rule matches everything that another one matches. It errs on the side of no.
public final class Shadowing {
    private final Map<String, Pattern> meant = new HashMap<>();
    private final Map<String, AttributePattern> attributes = new HashMap<>();

    private Shadowing() {}

    /// The first of the earlier rules without conditions of its own that fires wherever the later one could.
    public static Optional<Rule> of(Rule later, ImmutableList<Rule> earlier) {
        return earlier.stream()
                .filter(rule -> rule.conditions().isEmpty() && later.contract().permits(rule.contract()))
                .filter(rule -> !firesByType(rule))
                .filter(rule -> covers(rule.pattern(), later.pattern()))
                .findFirst();
    }

    /// True for a rule that takes an operator away that may change the type, so that it fires only where it does not.
    private static boolean firesByType(Rule rule) {
        boolean takesAway =
                rule.text().map(text -> text.tree().replacement().whole() instanceof Expression.Hole).orElse(false);
        return takesAway && !rule.pattern().operators().stream().allMatch(Shadowing::keepsType);
    }

    private static boolean keepsType(Class<? extends Op> operator) {
        return Elementwise.class.isAssignableFrom(operator) && operator != Cast.class;
    }

    /// True when `general` matches whatever `special` matches.
    static boolean covers(Pattern general, Pattern special) {
        if (special instanceof Pattern.Choice(var alternatives)) {
            return alternatives.stream().allMatch(alternative -> covers(general, alternative));
        }
        if (general instanceof Pattern.Choice(var alternatives)) {
            return alternatives.stream().anyMatch(alternative -> covers(alternative, special));
        }
        return new Shadowing().fits(general, special);
    }

    private boolean fits(Pattern general, Pattern special) {
        return switch (general) {
            case Pattern.Variable(String name) -> !isMissing(special) && means(name, special);
            case Pattern.Named(String name, Pattern form) -> means(name, special) && fits(form, special);
            case Pattern.Only(Pattern form) -> special instanceof Pattern.Only(Pattern inner) && fits(form, inner);
            case Pattern.Choice(var alternatives) ->
                    alternatives.stream().anyMatch(alternative -> fits(alternative, special));
            case Pattern.Application application -> fits(application, bare(special));
            default -> general.equals(bare(special));
        };
    }

    private static Pattern bare(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Named named -> bare(named.form());
            case Pattern.Only only -> bare(only.form());
            default -> pattern;
        };
    }

    private static boolean isMissing(Pattern pattern) {
        return switch (bare(pattern)) {
            case Pattern.Missing missing -> true;
            case Pattern.Rest rest -> true;
            case Pattern.Choice(var alternatives) -> alternatives.stream().anyMatch(Shadowing::isMissing);
            default -> false;
        };
    }

    private boolean means(String name, Pattern special) {
        Pattern known = meant.putIfAbsent(name, special);
        return known == null || known.equals(special);
    }

    private boolean fits(Pattern.Application general, Pattern special) {
        if (!(special instanceof Pattern.Application other)
                || general.operator() != other.operator()
                || general.result() != other.result()
                || !general.attributes().entrySet().stream().allMatch(form -> fits(form, other))) {
            return false;
        }
        if (all(general.operands(), other.operands())) {
            return true;
        }
        return Commutative.class.isAssignableFrom(general.operator())
                && all(general.operands(), other.operands().reverse());
    }

    private boolean fits(Map.Entry<String, AttributePattern> form, Pattern.Application special) {
        AttributePattern other = special.attributes().get(form.getKey());
        if (form.getValue() instanceof AttributePattern.Any(String name)) {
            AttributePattern wanted = other == null ? new AttributePattern.Any(name + " of the other rule") : other;
            AttributePattern known = attributes.putIfAbsent(name, wanted);
            return known == null || (other != null && known.equals(wanted));
        }
        return form.getValue().equals(other);
    }

    private boolean all(ImmutableList<Pattern> general, ImmutableList<Pattern> special) {
        if (general.size() == 1 && general.getFirst() instanceof Pattern.Rest) {
            return true;
        }
        return general.size() == special.size()
                && IntStream.range(0, general.size()).allMatch(i -> fits(general.get(i), special.get(i)));
    }
}

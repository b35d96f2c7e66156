package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Attribute;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.TypeError;
import dev.skive.passes.rule.Attributes;
import dev.skive.passes.rule.Bound;
import dev.skive.passes.rule.Inapplicable;
import java.util.LinkedHashMap;
import java.util.Map;

/// Evaluates conditions and attributes.
///
/// @param names what the names stand for, variables with their `$`
record Evaluator(Map<String, Bound> names) {
    /// An evaluator without names, for what is known when a rule is read.
    static final Evaluator OF_CONSTANTS = new Evaluator(ImmutableMap.of());

    /// True when a condition holds.
    ///
    /// @throws Inapplicable when that is not known
    boolean holds(Expression condition) {
        if (attribute(condition) instanceof Attribute.Truth(boolean truth)) {
            return truth;
        }
        throw new Inapplicable("it is no condition");
    }

    /// The attribute an expression stands for.
    ///
    /// @throws Inapplicable when it has no value
    Attribute attribute(Expression expression) {
        return switch (bound(expression)) {
            case Bound.Of(Attribute attribute) -> attribute;
            case Bound other -> throw new Inapplicable("an attribute is needed, found " + other);
        };
    }

    /// What an expression stands for.
    Bound bound(Expression expression) {
        return switch (expression) {
            case Expression.Hole hole -> names.getOrDefault("$" + hole.name(), new Bound.One(Value.ABSENT));
            case Expression.Name name when names.containsKey(name.name()) -> names.get(name.name());
            case Expression.Missing missing -> new Bound.One(Value.ABSENT);
            default -> new Bound.Of(Attributes.canonical(plain(expression)));
        };
    }

    private Attribute plain(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Attribute.named(name.name());
            case Expression.Numeral number -> number(number);
            case Expression.Text text -> new Attribute.Text(text.value());
            case Expression.Listing list ->
                    new Attribute.Items(
                            list.items().stream().map(this::attribute).collect(ImmutableList.toImmutableList()));
            case Expression.Negation of -> negated(attribute(of.operand()));
            case Expression.Denial of -> Numbers.of(!holds(of.operand()));
            case Expression.Binary of -> binary(of);
            case Expression.Call call -> call(call);
            default -> throw new AssertionError(expression);
        };
    }

    private static Attribute number(Expression.Numeral number) {
        if (!number.isWhole()) {
            return new Attribute.Real(Double.parseDouble(number.text()));
        }
        try {
            return Numbers.of(Long.parseLong(number.text()));
        } catch (NumberFormatException tooLarge) {
            throw new Inapplicable(number.text() + " does not fit 64 bits");
        }
    }

    private static Attribute negated(Attribute attribute) {
        return attribute instanceof Attribute.Real(double real)
                ? new Attribute.Real(-real)
                : Numbers.apply(Operation.TIMES, Numbers.of(-1), attribute);
    }

    private Attribute binary(Expression.Binary of) {
        return switch (of.operation()) {
            case PLUS, MINUS, TIMES, OVER, REST ->
                    Numbers.apply(of.operation(), attribute(of.left()), attribute(of.right()));
            case EQUAL -> Numbers.of(equal(of));
            case DIFFERENT -> Numbers.of(!equal(of));
            case LESS -> Numbers.of(Numbers.less(attribute(of.left()), attribute(of.right())));
            case AT_MOST -> Numbers.of(Numbers.atMost(attribute(of.left()), attribute(of.right())));
            case GREATER -> Numbers.of(Numbers.less(attribute(of.right()), attribute(of.left())));
            case AT_LEAST -> Numbers.of(Numbers.atMost(attribute(of.right()), attribute(of.left())));
            case BOTH -> Numbers.of(holds(of.left()) && holds(of.right()));
            case EITHER -> Numbers.of(either(of));
            case AT, OR -> throw new AssertionError(of);
        };
    }

    private boolean equal(Expression.Binary of) {
        Bound left = bound(of.left());
        Bound right = bound(of.right());
        return (left instanceof Bound.Of(Attribute a) && right instanceof Bound.Of(Attribute b))
                ? Numbers.equal(a, b)
                : left.equals(right);
    }

    /// The second condition decides where the first one is not known.
    private boolean either(Expression.Binary of) {
        try {
            if (holds(of.left())) {
                return true;
            }
        } catch (Inapplicable undecided) {
            if (holds(of.right())) {
                return true;
            }
            throw undecided;
        }
        return holds(of.right());
    }

    private Attribute call(Expression.Call call) {
        if (Vocabulary.isOperator(call.name())) {
            return new Attribute.Group(call.name(), attributes(call));
        }
        BuiltIn function = BuiltIns.ALL.get(call.name());
        if (function == null) {
            throw new AssertionError("no function " + call.name());
        }
        var arguments =
                new Arguments(
                        call.arguments().stream()
                                .map(argument -> bound(argument.value()))
                                .collect(ImmutableList.toImmutableList()));
        try {
            return function.evaluation().apply(arguments);
        } catch (TypeError | SkiveException | ArithmeticException refused) {
            throw new Inapplicable(call.name() + ": " + refused.getMessage());
        }
    }

    /// The named arguments of a call.
    ImmutableMap<String, Attribute> attributes(Expression.Call call) {
        var attributes = new LinkedHashMap<String, Attribute>();
        for (Argument argument : call.arguments()) {
            argument.name().ifPresent(name -> attributes.put(name, attribute(argument.value())));
        }
        return ImmutableMap.copyOf(attributes);
    }
}

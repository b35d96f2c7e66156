package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.op.Op;

/// The form of a computation that a rule looks for. Names are bound to values; a name that occurs twice must be bound
/// to the same value both times.
public sealed interface Pattern {
    /// Any value.
    ///
    /// @param name bound to it
    record Variable(String name) implements Pattern {}

    /// Any constant.
    ///
    /// @param name bound to it
    record AnyConstant(String name) implements Pattern {}

    /// A constant whose elements are all the same number, or that has one element.
    ///
    /// @param name bound to it
    record AnyNumber(String name) implements Pattern {}

    /// A constant whose elements are all this number.
    ///
    /// @param value the number
    /// @param tolerance whether the rounding of a model file is allowed for; otherwise the number must be the same,
    ///     the sign of zero included
    record Literal(double value, boolean tolerance) implements Pattern {}

    /// An optional operand that was left out.
    record Missing() implements Pattern {}

    /// All operands between those that the patterns before and after it take, possibly none.
    ///
    /// @param name bound to them
    record Rest(String name) implements Pattern {}

    /// One of several forms, tried in order.
    ///
    /// @param alternatives the forms
    record Choice(ImmutableList<Pattern> alternatives) implements Pattern {}

    /// A form whose value has a name.
    ///
    /// @param name bound to it
    /// @param form what it must be
    record Named(String name, Pattern form) implements Pattern {}

    /// A form whose value nothing outside the match uses, so that no work is done twice.
    ///
    /// @param form what it must be
    record Only(Pattern form) implements Pattern {}

    /// An operator over operands of these forms. The operands of a [dev.skive.ir.op.Commutative] operator are tried in
    /// both orders.
    ///
    /// @param operator the operator
    /// @param operands one form per operand
    /// @param attributes the forms of attributes by name; those that are not mentioned may be anything
    /// @param result which of its results
    record Application(
            Class<? extends Op> operator,
            ImmutableList<Pattern> operands,
            ImmutableMap<String, AttributePattern> attributes,
            int result)
            implements Pattern {
        /// Another result of the same application.
        public Application result(int index) {
            return new Application(operator, operands, attributes, index);
        }
    }

    /// This form with its value bound to a name.
    default Pattern as(String name) {
        return new Named(name, this);
    }

    /// Any value, bound to a name.
    static Pattern any(String name) {
        return new Variable(name);
    }

    /// Any constant, bound to a name.
    static Pattern constant(String name) {
        return new AnyConstant(name);
    }

    /// Any number, bound to a name.
    static Pattern number(String name) {
        return new AnyNumber(name);
    }

    /// This number, as precisely as the element type holds it and to at least six digits.
    static Pattern number(double value) {
        return new Literal(value, true);
    }

    /// Exactly this number; zeros of different sign differ.
    static Pattern exactly(double value) {
        return new Literal(value, false);
    }

    /// An operand left out.
    static Pattern missing() {
        return new Missing();
    }

    /// All operands that are left.
    static Pattern rest(String name) {
        return new Rest(name);
    }

    /// Any of these.
    static Pattern oneOf(Pattern... alternatives) {
        return new Choice(ImmutableList.copyOf(alternatives));
    }

    /// An operator whose result others may use too.
    static Application op(Class<? extends Op> operator, Pattern... operands) {
        return new Application(operator, ImmutableList.copyOf(operands), ImmutableMap.of(), 0);
    }

    /// An operator whose result only the match uses.
    static Pattern owned(Class<? extends Op> operator, Pattern... operands) {
        return new Only(op(operator, operands));
    }

    /// An operator over whatever operands, bound to a name; its result only the match uses.
    static Pattern ownedAny(Class<? extends Op> operator, String name) {
        return owned(operator, rest(name + "...")).as(name);
    }

    /// The operators that a value of this form can come from.
    default ImmutableSet<Class<? extends Op>> operators() {
        return switch (this) {
            case Application application -> ImmutableSet.of(application.operator());
            case Choice choice ->
                    choice.alternatives().stream()
                            .flatMap(alternative -> alternative.operators().stream())
                            .collect(ImmutableSet.toImmutableSet());
            case Named named -> named.form().operators();
            case Only only -> only.form().operators();
            case Variable variable -> ImmutableSet.of();
            case AnyConstant constant -> ImmutableSet.of();
            case AnyNumber number -> ImmutableSet.of();
            case Literal literal -> ImmutableSet.of();
            case Missing missing -> ImmutableSet.of();
            case Rest rest -> ImmutableSet.of();
        };
    }

    /// How many operators a match of this form can have on the way from its value to its operands.
    default int height() {
        return switch (this) {
            case Application application -> 1 + tallest(application.operands());
            case Choice choice -> tallest(choice.alternatives());
            case Named named -> named.form().height();
            case Only only -> only.form().height();
            default -> 0;
        };
    }

    private static int tallest(ImmutableList<Pattern> forms) {
        return forms.stream().mapToInt(Pattern::height).max().orElse(0);
    }
}

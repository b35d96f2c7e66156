package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
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

    /// One of several forms, tried in order.
    ///
    /// @param alternatives the forms
    record Choice(ImmutableList<Pattern> alternatives) implements Pattern {}

    /// An operator over operands of these forms. The operands of a [dev.skive.ir.op.Commutative] operator are tried in
    /// both orders.
    ///
    /// @param operator the operator
    /// @param operands one form per operand
    /// @param name bound to the result; unnamed when empty
    /// @param owned whether nothing outside the match may use the result, so that no work is done twice
    record Application(Class<? extends Op> operator, ImmutableList<Pattern> operands, String name, boolean owned)
            implements Pattern {
        /// The same form with its result bound to a name.
        public Application as(String bound) {
            return new Application(operator, operands, bound, owned);
        }
    }

    /// An operator over whatever operands.
    ///
    /// @param operator the operator
    /// @param name bound to the result
    /// @param owned whether nothing outside the match may use the result
    record AnyApplication(Class<? extends Op> operator, String name, boolean owned) implements Pattern {}

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

    /// Any of these.
    static Pattern oneOf(Pattern... alternatives) {
        return new Choice(ImmutableList.copyOf(alternatives));
    }

    /// An operator whose result others may use too.
    static Application op(Class<? extends Op> operator, Pattern... operands) {
        return new Application(operator, ImmutableList.copyOf(operands), "", false);
    }

    /// An operator whose result only the match uses.
    static Application owned(Class<? extends Op> operator, Pattern... operands) {
        return new Application(operator, ImmutableList.copyOf(operands), "", true);
    }

    /// An operator over whatever operands, bound to a name; its result only the match uses.
    static Pattern ownedAny(Class<? extends Op> operator, String name) {
        return new AnyApplication(operator, name, true);
    }

    /// The operators that a value of this form can come from.
    default ImmutableSet<Class<? extends Op>> operators() {
        return switch (this) {
            case Application application -> ImmutableSet.of(application.operator());
            case AnyApplication application -> ImmutableSet.of(application.operator());
            case Choice choice ->
                    choice.alternatives().stream()
                            .flatMap(alternative -> alternative.operators().stream())
                            .collect(ImmutableSet.toImmutableSet());
            case Variable variable -> ImmutableSet.of();
            case AnyConstant constant -> ImmutableSet.of();
            case AnyNumber number -> ImmutableSet.of();
            case Literal literal -> ImmutableSet.of();
            case Missing missing -> ImmutableSet.of();
        };
    }
}

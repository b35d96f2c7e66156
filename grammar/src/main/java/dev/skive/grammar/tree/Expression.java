package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;

/// What stands for a value, an attribute, a size, a pattern or a condition; the languages share one form. Parentheses
/// leave no trace.
public sealed interface Expression {
    /// Where it begins.
    Position position();

    /// `-operand`.
    record Negation(Position position, Expression operand) implements Expression {}

    /// `!operand`.
    record Denial(Position position, Expression operand) implements Expression {}

    /// `~number`: this number up to the rounding of a model file.
    record Approximately(Position position, Expression operand) implements Expression {}

    /// `once value`: a value that only the match uses.
    record OnlyUse(Position position, Expression operand) implements Expression {}

    /// `left operation right`.
    ///
    /// @param position of the operation
    record Binary(Position position, Operation operation, Expression left, Expression right) implements Expression {}

    /// `name(arguments)`: an operator, or a function.
    record Call(Position position, String name, ImmutableList<Argument> arguments) implements Expression {}

    /// `element[shape] { elements }`: a constant.
    record TensorLiteral(
            Position position, String element, ImmutableList<Expression> shape, ImmutableList<Element> elements)
            implements Expression {}

    /// `element[shape]`: a tensor type.
    record Typed(Position position, String element, ImmutableList<Expression> shape) implements Expression {}

    /// `...` in place of all sizes of a tensor: not even their number is known.
    record AnySizes(Position position) implements Expression {}

    /// `(parameters) { body }`: a graph inside a node, or an example of a rule.
    record Closure(Position position, ImmutableList<Parameter> parameters, ImmutableList<Statement> body)
            implements Expression {}

    /// `[items]`.
    record Listing(Position position, ImmutableList<Expression> items) implements Expression {}

    /// `$name`, or `$name...` for all operands that are left: what a pattern binds.
    record Hole(Position position, String name, boolean rest) implements Expression {}

    /// A name.
    record Name(Position position, String name) implements Expression {}

    /// `_`: an operand left out.
    record Missing(Position position) implements Expression {}

    /// A number without sign, as written: digits, with a decimal point or an exponent, or `0x` and bits.
    record Numeral(Position position, String text) implements Expression {
        /// True when it is written as an integer.
        public boolean isWhole() {
            return text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        /// True when it is written as the bits of an element.
        public boolean isBits() {
            return text.startsWith("0x");
        }
    }

    /// A string.
    ///
    /// @param value without quotes and escapes
    record Text(Position position, String value) implements Expression {}
}

package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;

/// The formula of an operator that works element by element. The interpreter evaluates it, code generation prints it.
public sealed interface ScalarExpr {
    /// The operand with this index.
    ///
    /// @param index which operand
    record Argument(int index) implements ScalarExpr {}

    /// A real number.
    ///
    /// @param value the number
    record Literal(double value) implements ScalarExpr {}

    /// A function of other expressions.
    ///
    /// @param function what to apply
    /// @param arguments to what
    record Apply(ScalarFunction function, ImmutableList<ScalarExpr> arguments) implements ScalarExpr {
        /// Checks the number of arguments.
        public Apply {
            if (arguments.size() != function.arity()) {
                throw new AssertionError(function + " takes " + function.arity() + " arguments");
            }
        }
    }

    /// A conversion to another element type: real to integer towards zero, to boolean "is not zero".
    ///
    /// @param to the type
    /// @param value what is converted
    record Convert(ElementType to, ScalarExpr value) implements ScalarExpr {}

    /// The bits of a value read as another element type of the same width.
    ///
    /// @param to the type
    /// @param value whose bits
    record Bits(ElementType to, ScalarExpr value) implements ScalarExpr {}

    /// The operand with this index.
    static ScalarExpr argument(int index) {
        return new Argument(index);
    }

    /// A real number.
    static ScalarExpr literal(double value) {
        return new Literal(value);
    }

    /// A function of other expressions.
    static ScalarExpr apply(ScalarFunction function, ScalarExpr... arguments) {
        return new Apply(function, ImmutableList.copyOf(arguments));
    }

    /// The number of operands: one more than the largest index.
    default int operands() {
        return switch (this) {
            case Argument(int index) -> index + 1;
            case Literal literal -> 0;
            case Convert(ElementType to, var value) -> value.operands();
            case Bits(ElementType to, var value) -> value.operands();
            case Apply(ScalarFunction function, var arguments) ->
                    arguments.stream().mapToInt(ScalarExpr::operands).max().orElse(0);
        };
    }

    /// The element type of the result for operands of these types; `literalType` is that of real literals.
    default ElementType type(ImmutableList<ElementType> operands, ElementType literalType) {
        return switch (this) {
            case Argument(int index) -> operands.get(index);
            case Literal literal -> literalType;
            case Convert(ElementType to, var value) -> to;
            case Bits(ElementType to, var value) -> to;
            case Apply(ScalarFunction function, var arguments) when function.isPredicate() -> ElementType.BOOL;
            case Apply(ScalarFunction function, var arguments) when function == ScalarFunction.SELECT ->
                    arguments.get(1).type(operands, literalType);
            case Apply(ScalarFunction function, var arguments) ->
                    arguments.stream()
                            .filter(argument -> !(argument instanceof Literal))
                            .findFirst()
                            .map(argument -> argument.type(operands, literalType))
                            .orElse(literalType);
        };
    }
}

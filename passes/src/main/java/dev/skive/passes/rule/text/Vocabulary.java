package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.tree.Operation;
import dev.skive.ir.op.Op;
import java.util.Arrays;
import java.util.stream.Stream;

/// The operators that rules can name, and those that arithmetic stands for.
final class Vocabulary {
    private static final ImmutableMap<String, Class<? extends Op>> OPERATORS =
            records(Op.class)
                    .filter(operator -> Operators.contains(operator.getSimpleName()))
                    .collect(ImmutableMap.toImmutableMap(Class::getSimpleName, operator -> operator));

    private static final ImmutableMap<Operation, String> ARITHMETIC =
            ImmutableMap.of(
                    Operation.PLUS, "Add",
                    Operation.MINUS, "Sub",
                    Operation.TIMES, "Mul",
                    Operation.OVER, "Div",
                    Operation.AT, "MatMul");

    private Vocabulary() {}

    /// The operators by name.
    static ImmutableMap<String, Class<? extends Op>> operators() {
        return OPERATORS;
    }

    /// The operators that are written between their operands.
    static ImmutableMap<Operation, String> arithmetic() {
        return ARITHMETIC;
    }

    /// Operators are named in upper case, functions in lower case.
    static boolean isOperator(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    private static Stream<Class<? extends Op>> records(Class<? extends Op> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(member -> records(member.asSubclass(Op.class)))
                : family.isRecord() ? Stream.of(family) : Stream.empty();
    }
}

package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Position;
import java.util.List;
import java.util.Optional;

/// Finds what is certainly wrong in conditions and replacements: unbound names, unknown operators, functions and
/// attributes, and something of one kind where another is needed.
///
/// @param scope the names that are bound
/// @param problems where what is wrong goes
record Checker(Scope scope, Problems problems) {
    /// The function that computes a constant when the rule fires.
    static final String COMPUTED = "constant";

    /// Checks a condition.
    void condition(Expression expression) {
        require(expression, Kind.TRUTH);
    }

    /// Checks what a rule puts in the place of a match.
    void replacement(Expression expression) {
        Kind found = kind(expression, true);
        if (found != Kind.VALUE && found != Kind.DATA && found != Kind.ANY) {
            problems.add(expression.position(), "a replacement is a value, found " + found);
        }
    }

    private void require(Expression expression, Kind wanted) {
        Kind found = kind(expression, false);
        if (!wanted.accepts(found)) {
            problems.add(expression.position(), "%s is needed here, found %s".formatted(wanted, found));
        }
    }

    /// The kind of an expression.
    ///
    /// @param building whether operators may stand in it
    Kind kind(Expression expression, boolean building) {
        return switch (expression) {
            case Expression.Hole hole -> variable(hole);
            case Expression.Name name -> scope.names().getOrDefault(name.name(), word(name.name()));
            case Expression.Numeral number -> Kind.NUMBER;
            case Expression.Text text -> Kind.ANY;
            case Expression.Missing missing when building -> Kind.VALUE;
            case Expression.TensorLiteral tensor when building -> Kind.DATA;
            case Expression.Listing list -> {
                list.items().forEach(item -> kind(item, false));
                yield Kind.LIST;
            }
            case Expression.Negation of -> kind(of.operand(), building);
            case Expression.Denial of -> {
                require(of.operand(), Kind.TRUTH);
                yield Kind.TRUTH;
            }
            case Expression.Binary of -> binary(of, building);
            case Expression.Call call -> call(call, building);
            default -> {
                problems.add(expression.position(), "this cannot stand here");
                yield Kind.ANY;
            }
        };
    }

    private static Kind word(String name) {
        return switch (name) {
            case "true", "false" -> Kind.TRUTH;
            case "inf", "nan" -> Kind.NUMBER;
            default -> Kind.WORD;
        };
    }

    private Kind variable(Expression.Hole hole) {
        Kind kind = scope.names().get("$" + hole.name());
        if (kind == null) {
            var known =
                    scope.names().keySet().stream()
                            .filter(name -> name.startsWith("$"))
                            .collect(ImmutableSet.toImmutableSet());
            problems.unknown(hole.position(), "variable", "$" + hole.name(), known);
            return Kind.ANY;
        }
        return kind;
    }

    private Kind binary(Expression.Binary of, boolean building) {
        return switch (of.operation()) {
            case BOTH, EITHER -> {
                require(of.left(), Kind.TRUTH);
                require(of.right(), Kind.TRUTH);
                yield Kind.TRUTH;
            }
            case EQUAL, DIFFERENT -> {
                Kind left = kind(of.left(), false);
                Kind right = kind(of.right(), false);
                if (!left.accepts(right) && !right.accepts(left)) {
                    problems.add(of.position(), "%s is compared with %s".formatted(left, right));
                }
                yield Kind.TRUTH;
            }
            case LESS, AT_MOST, GREATER, AT_LEAST -> {
                require(of.left(), Kind.NUMBER);
                require(of.right(), Kind.NUMBER);
                yield Kind.TRUTH;
            }
            case OR -> {
                problems.add(of.position(), "alternatives can only be matched");
                yield Kind.ANY;
            }
            default -> arithmetic(of, building);
        };
    }

    private Kind arithmetic(Expression.Binary of, boolean building) {
        Kind left = kind(of.left(), building);
        Kind right = kind(of.right(), building);
        if (building && (isValue(left) || isValue(right))) {
            return Kind.VALUE;
        }
        for (Kind side : List.of(left, right)) {
            if (!Kind.NUMBER.accepts(side) && side != Kind.LIST) {
                problems.add(of.position(), "arithmetic needs numbers or lists, found " + side);
            }
        }
        return left == Kind.LIST || right == Kind.LIST ? Kind.LIST : Kind.NUMBER;
    }

    private static boolean isValue(Kind kind) {
        return kind == Kind.VALUE || kind == Kind.DATA;
    }

    private Kind call(Expression.Call call, boolean building) {
        if (Vocabulary.isOperator(call.name())) {
            return building ? operator(call) : group(call);
        }
        if (building && call.name().equals(COMPUTED)) {
            call.arguments().forEach(argument -> kind(argument.value(), true));
            requireCount(call.position(), COMPUTED + "(x)", call.arguments().size(), 1);
            return Kind.DATA;
        }
        BuiltIn function = BuiltIns.ALL.get(call.name());
        if (function == null) {
            problems.unknown(call.position(), "function", call.name(), BuiltIns.ALL.keySet());
            return Kind.ANY;
        }
        requireCount(call.position(), function.usage(), call.arguments().size(), function.parameters().size());
        for (int i = 0; i < Math.min(call.arguments().size(), function.parameters().size()); i++) {
            require(call.arguments().get(i).value(), function.parameters().get(i).kind());
        }
        return function.result();
    }

    private void requireCount(Position position, String usage, int found, int wanted) {
        if (found != wanted) {
            problems.add(position, "%s takes %d arguments, found %d".formatted(usage, wanted, found));
        }
    }

    private Kind group(Expression.Call call) {
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty()) {
                problems.add(argument.position(), "the parts of '" + call.name() + "' have names");
            }
            kind(argument.value(), false);
        }
        return Kind.GROUP;
    }

    private Kind operator(Expression.Call call) {
        if (!Operators.contains(call.name())) {
            problems.unknown(call.position(), "operator", call.name(), Vocabulary.operators().keySet());
            return Kind.VALUE;
        }
        for (Argument argument : call.arguments()) {
            if (argument.name().isPresent()) {
                attribute(call.name(), argument);
            } else {
                operand(argument.value());
            }
        }
        var given = call.arguments().stream().flatMap(argument -> argument.name().stream()).toList();
        for (AttributeForm form : Operators.attributes(call.name())) {
            if (!given.contains(form.name()) && form.unmentioned().isEmpty()) {
                problems.add(call.position(), "%s needs the attribute '%s'".formatted(call.name(), form.name()));
            }
        }
        return Kind.VALUE;
    }

    private void operand(Expression expression) {
        Kind found = kind(expression, true);
        if (found == Kind.LIST || found == Kind.TRUTH || found == Kind.WORD || found == Kind.GROUP) {
            problems.add(expression.position(), "an operand is a value or a number, found " + found);
        }
    }

    private void attribute(String operator, Argument argument) {
        String name = argument.name().orElseThrow();
        Optional<AttributeForm> form =
                Operators.attributes(operator).stream().filter(known -> known.name().equals(name)).findFirst();
        if (form.isEmpty()) {
            var known =
                    Operators.attributes(operator).stream()
                            .map(attribute -> operator + "." + attribute.name())
                            .collect(ImmutableSet.toImmutableSet());
            problems.unknown(argument.position(), "attribute", operator + "." + name, known);
        } else {
            require(argument.value(), Kind.of(form.get()));
        }
    }
}

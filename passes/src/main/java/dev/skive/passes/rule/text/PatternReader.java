package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.Position;
import dev.skive.grammar.tree.RuleTree.PatternTree;
import dev.skive.grammar.tree.Statement;
import dev.skive.ir.op.Op;
import dev.skive.passes.rule.AttributePattern;
import dev.skive.passes.rule.Inapplicable;
import dev.skive.passes.rule.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Makes a pattern of what a rule says it matches. An attribute that must equal something computed is bound to a name of its
/// own and compared by a condition.
final class PatternReader {
    private static final Pattern NOTHING = new Pattern.Missing();

    private final Problems problems;
    private final Map<String, Pattern> parts = new LinkedHashMap<>();
    private final Set<String> mentioned = new LinkedHashSet<>();
    private final List<Expression> conditions = new ArrayList<>();

    PatternReader(Problems problems) {
        this.problems = problems;
    }

    /// The pattern of a whole `match`.
    Pattern read(PatternTree tree) {
        tree.parts().forEach(this::part);
        Pattern whole = pattern(tree.whole());
        for (Statement.Assignment part : tree.parts()) {
            part.targets().stream()
                    .filter(target -> target.name().filter(name -> !mentioned.contains(name)).isPresent())
                    .forEach(target ->
                            problems.add(
                                    target.position(),
                                    "the part '%s' is not in the pattern".formatted(target.name().orElseThrow())));
        }
        return whole;
    }

    /// What attributes must equal.
    ImmutableList<Expression> conditions() {
        return ImmutableList.copyOf(conditions);
    }

    private void part(Statement.Assignment part) {
        Pattern form = pattern(part.value());
        for (int i = 0; i < part.targets().size(); i++) {
            Statement.Target target = part.targets().get(i);
            if (target.name().isPresent()) {
                String name = target.name().get();
                Pattern result = part.targets().size() == 1 ? form : result(form, i, part.position());
                if (parts.put(name, result.as(name)) != null) {
                    problems.add(target.position(), "two parts are named '" + name + "'");
                }
            }
        }
    }

    private Pattern result(Pattern form, int index, Position position) {
        return switch (form) {
            case Pattern.Application application -> application.result(index);
            case Pattern.Only(Pattern inner) -> new Pattern.Only(result(inner, index, position));
            default -> {
                problems.add(position, "only one operator can have several results");
                yield form;
            }
        };
    }

    private Pattern pattern(Expression expression) {
        return switch (expression) {
            case Expression.Hole hole when !hole.rest() -> new Pattern.Variable("$" + hole.name());
            case Expression.Missing missing -> NOTHING;
            case Expression.OnlyUse only -> new Pattern.Only(pattern(only.operand()));
            case Expression.Approximately about -> literal(about.operand(), true);
            case Expression.Negation of when isNumber(of.operand()) -> literal(of, false);
            case Expression.Negation of -> operator("Neg", of.position(), List.of(of.operand()));
            case Expression.Numeral number -> literal(number, false);
            case Expression.Binary either when either.operation() == Operation.OR -> choice(either);
            case Expression.Binary of when Vocabulary.arithmetic().containsKey(of.operation()) ->
                    operator(
                            Vocabulary.arithmetic().get(of.operation()), of.position(), List.of(of.left(), of.right()));
            case Expression.Name name -> named(name);
            case Expression.Call call when Vocabulary.isOperator(call.name()) -> application(call);
            default -> {
                problems.add(expression.position(), "a pattern is made of operators, variables and numbers");
                yield NOTHING;
            }
        };
    }

    private static boolean isNumber(Expression expression) {
        return expression instanceof Expression.Numeral
                || (expression instanceof Expression.Name name && literalOf(name.name()).isPresent());
    }

    private Pattern literal(Expression expression, boolean tolerance) {
        try {
            Attribute number = Evaluator.OF_CONSTANTS.attribute(expression);
            boolean negativeZero = expression instanceof Expression.Negation && Numbers.real(number) == 0;
            return new Pattern.Literal(negativeZero ? -0.0 : Numbers.real(number), tolerance);
        } catch (Inapplicable wrong) {
            problems.add(expression.position(), "a number is needed here: " + wrong.getMessage());
            return NOTHING;
        }
    }

    private static OptionalDouble literalOf(String name) {
        return switch (Attribute.named(name)) {
            case Attribute.Real(double real) -> OptionalDouble.of(real);
            case Attribute.Truth(boolean truth) -> OptionalDouble.of(truth ? 1 : 0);
            default -> OptionalDouble.empty();
        };
    }

    private Pattern choice(Expression.Binary either) {
        var alternatives = ImmutableList.<Pattern>builder();
        for (Expression side : List.of(either.left(), either.right())) {
            Pattern form = pattern(side);
            if (form instanceof Pattern.Choice(ImmutableList<Pattern> inner)) {
                alternatives.addAll(inner);
            } else {
                alternatives.add(form);
            }
        }
        return new Pattern.Choice(alternatives.build());
    }

    private Pattern named(Expression.Name name) {
        mentioned.add(name.name());
        Pattern part = parts.get(name.name());
        if (part != null) {
            return part;
        }
        OptionalDouble literal = literalOf(name.name());
        if (literal.isPresent()) {
            return new Pattern.Literal(literal.getAsDouble(), false);
        }
        problems.unknown(name.position(), "part", name.name(), ImmutableSet.copyOf(parts.keySet()));
        return NOTHING;
    }

    private Pattern application(Expression.Call call) {
        var operands = new ArrayList<Expression>();
        var attributes = new LinkedHashMap<String, AttributePattern>();
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty()) {
                operands.add(argument.value());
            } else if (Operators.contains(call.name())) {
                attribute(call.name(), argument, attributes);
            }
        }
        return operator(call.name(), call.position(), operands, ImmutableMap.copyOf(attributes));
    }

    private Pattern operator(String name, Position position, List<Expression> operands) {
        return operator(name, position, operands, ImmutableMap.of());
    }

    private Pattern operator(
            String name, Position position, List<Expression> operands, ImmutableMap<String, AttributePattern> forms) {
        Class<? extends Op> operator = Vocabulary.operators().get(name);
        if (operator == null) {
            problems.unknown(position, "operator", name, Vocabulary.operators().keySet());
            return NOTHING;
        }
        var patterns = ImmutableList.<Pattern>builder();
        for (Expression operand : operands) {
            patterns.add(
                    operand instanceof Expression.Hole hole && hole.rest()
                            ? new Pattern.Rest("$" + hole.name())
                            : pattern(operand));
        }
        return new Pattern.Application(operator, patterns.build(), forms, 0);
    }

    private void attribute(String operator, Argument argument, Map<String, AttributePattern> attributes) {
        String name = argument.name().orElseThrow();
        var known =
                Operators.attributes(operator).stream().map(AttributeForm::name).collect(ImmutableSet.toImmutableSet());
        if (!known.contains(name)) {
            problems.unknown(argument.position(), "attribute", operator + "." + name, prefixed(operator, known));
        } else if (attributes.put(name, attribute(operator + "." + name, argument.value())) != null) {
            problems.add(argument.position(), "the attribute '" + name + "' is mentioned twice");
        }
    }

    private static ImmutableSet<String> prefixed(String operator, ImmutableSet<String> names) {
        return names.stream().map(name -> operator + "." + name).collect(ImmutableSet.toImmutableSet());
    }

    private AttributePattern attribute(String place, Expression expression) {
        return switch (expression) {
            case Expression.Hole hole -> new AttributePattern.Any("$" + hole.name());
            case Expression.Listing list when !isConstant(list) ->
                    new AttributePattern.Items(
                            list.items().stream()
                                    .map(item -> attribute(place, item))
                                    .collect(ImmutableList.toImmutableList()));
            case Expression.Call call when Vocabulary.isOperator(call.name()) -> group(place, call);
            default -> isConstant(expression) ? equal(expression) : computed(place, expression);
        };
    }

    private AttributePattern group(String place, Expression.Call call) {
        var forms = ImmutableMap.<String, AttributePattern>builder();
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty()) {
                problems.add(argument.position(), "the parts of '" + call.name() + "' have names");
            } else {
                String name = argument.name().get();
                forms.put(name, attribute(place + "." + name, argument.value()));
            }
        }
        return new AttributePattern.Group(call.name(), forms.buildKeepingLast());
    }

    private AttributePattern equal(Expression expression) {
        try {
            return new AttributePattern.Equal(Evaluator.OF_CONSTANTS.attribute(expression));
        } catch (Inapplicable wrong) {
            problems.add(expression.position(), String.valueOf(wrong.getMessage()));
            return new AttributePattern.Any("");
        }
    }

    private AttributePattern computed(String place, Expression expression) {
        Position at = expression.position();
        String name = "%s at %d:%d".formatted(place, at.line(), at.column());
        conditions.add(new Expression.Binary(at, Operation.EQUAL, new Expression.Name(at, name), expression));
        return new AttributePattern.Any(name);
    }

    /// True when no variable and no part is in it.
    private boolean isConstant(Expression expression) {
        return switch (expression) {
            case Expression.Hole hole -> false;
            case Expression.Name name -> !parts.containsKey(name.name());
            case Expression.Negation of -> isConstant(of.operand());
            case Expression.Denial of -> isConstant(of.operand());
            case Expression.Binary of -> isConstant(of.left()) && isConstant(of.right());
            case Expression.Listing of -> of.items().stream().allMatch(this::isConstant);
            case Expression.Call of -> of.arguments().stream().allMatch(argument -> isConstant(argument.value()));
            default -> true;
        };
    }
}

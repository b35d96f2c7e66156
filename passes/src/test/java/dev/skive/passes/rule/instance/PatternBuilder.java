package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.Statement;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Commutative;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Builds one graph from a pattern.
final class PatternBuilder {
    private static final int MOST_OF_THE_REST = 3;

    private final PatternGraphs rule;
    private final Random random;
    private final OperandTypes types;
    private final RandomElements elements;
    private final GraphBuilder builder = new GraphBuilder("instance");
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, List<Value>> rests = new HashMap<>();
    private final Map<String, Attribute> attributes = new HashMap<>();
    private final List<Value> made = new ArrayList<>();
    private int names;

    PatternBuilder(PatternGraphs rule, Random random, ElementType usual) {
        this.rule = rule;
        this.random = random;
        this.types = new OperandTypes(random, usual);
        boolean isSpecial = random.nextInt(4) == 0;
        this.elements =
                new RandomElements(random, isSpecial ? RandomElements.Range.SPECIAL : RandomElements.Range.ORDINARY);
    }

    Graph build() {
        Value root = value(rule.rule().match().whole(), types.operand(Neg.class, 0, Map.of()));
        builder.output("y", root);
        if (random.nextInt(4) == 0) {
            builder.output("other", made.get(random.nextInt(made.size())));
        }
        return builder.build();
    }

    /// The value of a pattern; `wanted` is the type of a leaf.
    private Value value(Expression pattern, TensorType wanted) {
        return switch (pattern) {
            case Expression.Hole hole -> values.computeIfAbsent("$" + hole.name(), _ -> leaf(hole.name(), wanted));
            case Expression.Name name when isPart(name) ->
                    values.containsKey(name.name()) ? values.get(name.name()) : part(name, wanted);
            case Expression.Negation minus when AttributeText.number(minus).isEmpty() ->
                    apply(Neg.class, ImmutableList.of(minus.operand()), List.of());
            case Expression.Missing missing -> Value.ABSENT;
            case Expression.OnlyUse only -> value(only.operand(), wanted);
            case Expression.Binary(var position, Operation operation, var left, var right)
                    when operation == Operation.OR ->
                    value(random.nextBoolean() ? left : right, wanted);
            case Expression.Binary(var position, Operation operation, var left, var right) ->
                    apply(operator(operation), ImmutableList.of(left, right), List.of());
            case Expression.Call call -> call(call);
            default -> number(pattern, wanted);
        };
    }

    private boolean isPart(Expression.Name name) {
        return rule.parts().stream().anyMatch(part -> targets(part).contains(name.name()));
    }

    private static List<String> targets(Statement.Assignment part) {
        return part.targets().stream().map(target -> target.name().orElse("")).toList();
    }

    private Value part(Expression.Name name, TensorType wanted) {
        Statement.Assignment part =
                rule.parts().stream()
                        .filter(candidate -> targets(candidate).contains(name.name()))
                        .findFirst()
                        .orElseThrow();
        Value value = value(part.value(), wanted);
        List<String> targets = targets(part);
        for (int i = 0; i < targets.size(); i++) {
            values.put(targets.get(i), targets.size() == 1 ? value : value.node().result(i));
        }
        return Objects.requireNonNull(values.get(name.name()));
    }

    private static Class<? extends Op> operator(Operation operation) {
        return switch (operation) {
            case PLUS -> Add.class;
            case MINUS -> Sub.class;
            case TIMES -> Mul.class;
            case OVER -> Div.class;
            case AT -> MatMul.class;
            default -> throw new TypeError(operation + " is no operator of tensors");
        };
    }

    private static Class<? extends Op> operator(String name) {
        try {
            return Class.forName(Op.class.getPackageName() + "." + name).asSubclass(Op.class);
        } catch (ClassNotFoundException unknown) {
            throw new TypeError("no operator " + name);
        }
    }

    private Value number(Expression pattern, TensorType wanted) {
        double number = AttributeText.number(pattern).orElseThrow(() -> new TypeError("no value: " + pattern));
        boolean isScalar = random.nextInt(3) > 0 || !wanted.shape().isKnown();
        long[] sizes = isScalar ? new long[0] : wanted.shape().known();
        ElementType element = wanted.element();
        Value constant = builder.constant(origin(), ConstantData.filled(element, number, sizes).toData());
        return remember(constant);
    }

    private Value leaf(String name, TensorType type) {
        List<Value> same = made.stream().filter(value -> value.type().equals(type)).toList();
        boolean mustBeConstant = rule.constants().contains(name);
        TypeError.check(!mustBeConstant || type.shape().isKnown(), "a constant cannot be %s", type);
        if (!same.isEmpty() && random.nextInt(8) == 0 && !mustBeConstant) {
            return same.get(random.nextInt(same.size()));
        }
        if (type.shape().isKnown() && (mustBeConstant || random.nextInt(6) == 0)) {
            var data =
                    random.nextInt(3) == 0
                            ? ConstantData.filled(type.element(), random.nextInt(5) - 1.5, type.shape().known())
                            : elements.tensor(type.element(), type.shape().known());
            return remember(builder.constant(origin(), data.toData()));
        }
        return remember(builder.input(name + names++, type));
    }

    private Value remember(Value value) {
        made.add(value);
        return value;
    }

    private Origin origin() {
        return Origin.of("instance" + names++);
    }

    private Value call(Expression.Call call) {
        Class<? extends Op> operator = operator(call.name());
        List<Argument> named = call.arguments().stream().filter(argument -> argument.name().isPresent()).toList();
        List<Expression> operands =
                call.arguments().stream().filter(argument -> argument.name().isEmpty()).map(Argument::value).toList();
        return apply(operator, operands, named);
    }

    /// An application: operands that have a form of their own first, then those that may be anything, whose types follow
    /// from the others.
    private Value apply(Class<? extends Op> operator, List<Expression> forms, List<Argument> named) {
        var operands = new TreeMap<Integer, Value>();
        for (int i = 0; i < forms.size(); i++) {
            if (!isLeaf(forms.get(i))) {
                operands.put(i, value(forms.get(i), type(operator, i, operands)));
            }
        }
        var all = new ArrayList<Value>();
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) instanceof Expression.Hole hole && hole.rest()) {
                all.addAll(rest(operator, hole.name(), i, operands));
            } else {
                if (!operands.containsKey(i)) {
                    operands.put(i, value(forms.get(i), type(operator, i, operands)));
                }
                all.add(operands.get(i));
            }
        }
        while (!all.isEmpty() && all.getLast().isAbsent()) {
            all.removeLast();
        }
        if (Commutative.class.isAssignableFrom(operator) && random.nextBoolean()) {
            Collections.reverse(all);
        }
        return create(operator, named, all);
    }

    private boolean isLeaf(Expression form) {
        return switch (form) {
            case Expression.Hole hole -> !values.containsKey("$" + hole.name());
            case Expression.Call call -> false;
            case Expression.Name name -> false;
            case Expression.OnlyUse only -> isLeaf(only.operand());
            case Expression.Binary binary -> binary.operation() == Operation.OR && isLeaf(binary.left());
            default -> true;
        };
    }

    private List<Value> rest(Class<? extends Op> operator, String name, int index, Map<Integer, Value> operands) {
        return rests.computeIfAbsent(
                name,
                _ -> {
                    var rest = new ArrayList<Value>();
                    for (int i = random.nextInt(MOST_OF_THE_REST + 1); i > 0; i--) {
                        rest.add(leaf(name, type(operator, index, operands)));
                    }
                    return rest;
                });
    }

    private TensorType type(Class<? extends Op> operator, int index, Map<Integer, Value> operands) {
        var others = new TreeMap<Integer, TensorType>();
        operands.forEach((place, value) -> {
            if (value.type() instanceof TensorType type) {
                others.put(place, type);
            }
        });
        Optional<TensorType> donated =
                rule.donors().operand(operator, index, random).filter(_ -> random.nextInt(3) == 0);
        return donated.map(type -> type.withElement(element(type, others)))
                .orElseGet(() -> types.operand(operator, index, others));
    }

    private ElementType element(TensorType donated, Map<Integer, TensorType> others) {
        return others.isEmpty() && random.nextBoolean() ? types.usual() : donated.element();
    }

    private Value create(Class<? extends Op> operator, List<Argument> named, List<Value> operands) {
        Op drawn = draw(operator, operands);
        var set = new HashMap<String, Attribute>();
        for (Argument argument : named) {
            Optional<Attribute> known =
                    argument.value() instanceof Expression.Hole hole
                            ? Optional.ofNullable(attributes.get(hole.name()))
                            : AttributeText.value(argument.value());
            known.ifPresent(value -> set.put(argument.name().orElseThrow(), value));
        }
        Op op = Attributes.with(drawn, set);
        for (Argument argument : named) {
            if (argument.value() instanceof Expression.Hole hole) {
                Optional.ofNullable(Operators.attributes(op).get(argument.name().orElseThrow()))
                        .ifPresent(value -> attributes.putIfAbsent(hole.name(), value));
            }
        }
        return remember(builder.addNode(origin(), op, operands).result());
    }

    /// Attributes from an example, the same a little changed, or any that fit.
    private Op draw(Class<? extends Op> operator, List<Value> operands) {
        if (Operators.attributes(operator.getSimpleName()).isEmpty()) {
            return Operators.create(operator.getSimpleName(), Map.of());
        }
        Optional<Op> fitting = new FittingAttributes(random).of(operator, operands.stream().map(Value::type).toList());
        Optional<Op> donated = rule.donors().operator(operator, random);
        Optional<Op> drawn =
                switch (random.nextInt(4)) {
                    case 0 -> donated;
                    case 1 -> donated.flatMap(op -> Attributes.vary(op, random));
                    default -> fitting;
                };
        return drawn.or(() -> donated)
                .or(() -> fitting)
                .orElseThrow(() -> new TypeError("no attributes for " + operator));
    }
}

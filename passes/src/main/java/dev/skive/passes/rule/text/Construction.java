package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.ElementText;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.RuleTree.PatternTree;
import dev.skive.grammar.tree.Statement;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import dev.skive.passes.rule.Bound;
import dev.skive.passes.rule.Inapplicable;
import dev.skive.passes.rule.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Builds a replacement.
final class Construction {
    private final Nodes nodes;
    private final Precision precision;
    private final Map<String, Bound> names;
    private final Evaluator evaluator;

    private Construction(Nodes nodes, Precision precision, Map<String, Bound> names) {
        this.nodes = nodes;
        this.precision = precision;
        this.names = names;
        this.evaluator = new Evaluator(names);
    }

    /// The value that takes the place of a match.
    ///
    /// @param precision in which constants are computed
    /// @throws Inapplicable when an operator does not take its operands, or something is not known
    static Value build(PatternTree replacement, Match match, Nodes nodes, Precision precision) {
        var names = new HashMap<String, Bound>();
        match.bindings().forEach((name, bound) -> names.put(name, moved(bound, nodes)));
        var construction = new Construction(nodes, precision, names);
        try {
            replacement.parts().forEach(construction::part);
            return construction.value(construction.bound(replacement.whole()), Optional.empty());
        } catch (TypeError refused) {
            throw new Inapplicable(refused.getMessage());
        } catch (SkiveException refused) {
            if (refused.code() == ExitCode.INVALID_MODEL) {
                throw new Inapplicable(refused.getMessage());
            }
            throw refused;
        }
    }

    private static Bound moved(Bound bound, Nodes nodes) {
        return switch (bound) {
            case Bound.One(Value value) -> new Bound.One(value.isAbsent() ? value : nodes.of(value));
            case Bound.Several(ImmutableList<Value> values) ->
                    new Bound.Several(
                            values.stream()
                                    .map(value -> value.isAbsent() ? value : nodes.of(value))
                                    .collect(ImmutableList.toImmutableList()));
            case Bound.Of attribute -> attribute;
        };
    }

    private void part(Statement.Assignment part) {
        Bound bound = bound(part.value());
        for (int i = 0; i < part.targets().size(); i++) {
            Bound result = part.targets().size() == 1 ? bound : result(bound, i);
            part.targets().get(i).name().ifPresent(name -> names.put(name, result));
        }
    }

    private static Bound result(Bound bound, int index) {
        if (bound instanceof Bound.One(Value value)) {
            return new Bound.One(value.node().result(index));
        }
        throw new Inapplicable("only an operator has several results");
    }

    private Bound bound(Expression expression) {
        return switch (expression) {
            case Expression.Call call when Vocabulary.isOperator(call.name()) -> new Bound.One(applied(call));
            case Expression.Call call when call.name().equals(Checker.COMPUTED) -> computed(call);
            case Expression.TensorLiteral tensor -> new Bound.Of(new Attribute.Data(data(tensor)));
            case Expression.Binary of when Vocabulary.arithmetic().containsKey(of.operation()) -> arithmetic(of);
            case Expression.Negation of -> negation(of);
            default -> evaluator.bound(expression);
        };
    }

    private Bound arithmetic(Expression.Binary of) {
        Bound left = bound(of.left());
        Bound right = bound(of.right());
        if (!isValue(left) && !isValue(right)) {
            return evaluator.bound(of);
        }
        String name = Objects.requireNonNull(Vocabulary.arithmetic().get(of.operation()));
        return new Bound.One(apply(Operators.create(name, ImmutableMap.of()), List.of(left, right)));
    }

    private Bound negation(Expression.Negation of) {
        Bound operand = bound(of.operand());
        return isValue(operand)
                ? new Bound.One(apply(Operators.create("Neg", ImmutableMap.of()), List.of(operand)))
                : evaluator.bound(of);
    }

    private static boolean isValue(Bound bound) {
        return !(bound instanceof Bound.Of(Attribute attribute)) || attribute instanceof Attribute.Data;
    }

    private Value applied(Expression.Call call) {
        Op op = Operators.create(call.name(), evaluator.attributes(call));
        return apply(
                op,
                call.arguments().stream()
                        .filter(argument -> argument.name().isEmpty())
                        .map(Argument::value)
                        .map(this::bound)
                        .toList());
    }

    /// Applies an operator. Numbers among its operands become constants of the type that the first value has; what is left
    /// out at the end is not written.
    private Value apply(Op op, List<Bound> bounds) {
        Optional<ElementType> element = bounds.stream().flatMap(bound -> element(bound).stream()).findFirst();
        var operands = new ArrayList<Value>();
        for (Bound bound : bounds) {
            if (bound instanceof Bound.Several(ImmutableList<Value> values)) {
                operands.addAll(values);
            } else {
                operands.add(value(bound, element));
            }
        }
        while (!operands.isEmpty() && operands.getLast().isAbsent()) {
            operands.removeLast();
        }
        return unchanged(op, operands).orElseGet(() -> nodes.add(op, operands));
    }

    /// A reshape is not written where the sizes are there already, and that of a constant is one.
    private Optional<Value> unchanged(Op op, List<Value> operands) {
        if (!(op instanceof Reshape(ImmutableList<Dim> dims))
                || operands.size() != 1
                || operands.getFirst().isAbsent()) {
            return Optional.empty();
        }
        Value operand = operands.getFirst();
        var shape = new Shape(dims);
        if (operand.shape().equals(shape)) {
            return Optional.of(operand);
        }
        boolean fits = shape.isKnown() && shape.elementCount().equals(operand.shape().elementCount());
        return operand.constant().filter(data -> fits).map(data -> nodes.constant(data.reshape(shape.known())));
    }

    private static Optional<ElementType> element(Bound bound) {
        return switch (bound) {
            case Bound.One(Value value) when value.type() instanceof TensorType type -> Optional.of(type.element());
            case Bound.Several(var values) ->
                    values.stream().flatMap(value -> element(new Bound.One(value)).stream()).findFirst();
            case Bound.Of(Attribute.Data(TensorData data)) -> Optional.of(data.element());
            default -> Optional.empty();
        };
    }

    private Value value(Bound bound, Optional<ElementType> element) {
        return switch (bound) {
            case Bound.One(Value value) -> value;
            case Bound.Of(Attribute.Data(TensorData data)) -> nodes.constant(data);
            case Bound.Of(Attribute attribute) ->
                    nodes.constant(
                            TensorData.scalar(
                                    element.orElseThrow(() -> new Inapplicable("the type of a number is not known")),
                                    Numbers.real(attribute)));
            case Bound.Several several -> throw new Inapplicable("operands cannot be one value");
        };
    }

    private Bound computed(Expression.Call call) {
        var scratch = new ConstantNodes(precision);
        var constants = new HashMap<String, Bound>();
        names.forEach((name, bound) -> constants.put(name, constant(bound, scratch)));
        var inner = new Construction(scratch, precision, constants);
        Value value = inner.value(inner.bound(call.arguments().getFirst().value()), Optional.empty());
        return new Bound.Of(new Attribute.Data(scratch.compute(value)));
    }

    /// A value that is no constant stays what it is: only its type can be used.
    private static Bound constant(Bound bound, Nodes scratch) {
        return bound instanceof Bound.One(Value value) && value.constant().isPresent()
                ? new Bound.One(scratch.of(value))
                : bound;
    }

    private TensorData data(Expression.TensorLiteral literal) {
        ElementType element =
                ElementType.parse(literal.element())
                        .orElseThrow(() -> new Inapplicable("unknown element type " + literal.element()));
        long[] sizes = literal.shape().stream().mapToLong(size -> Numbers.whole(evaluator.attribute(size))).toArray();
        var bytes = TensorData.allocate(element, literal.elements().size());
        for (int i = 0; i < literal.elements().size(); i++) {
            ElementText.read(literal.elements().get(i).text(), element, bytes, i);
        }
        return TensorData.wrap(element, sizes, bytes);
    }
}

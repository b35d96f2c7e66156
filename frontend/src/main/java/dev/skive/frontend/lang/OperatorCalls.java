package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Arity;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.GatherNd;
import dev.skive.ir.op.Greater;
import dev.skive.ir.op.GreaterOrEqual;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mod;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Applies operators. A number among the operands becomes a constant of the element type that the other operands have.
final class OperatorCalls {
    private final Reading reading;
    private final Expressions expressions;
    private final AttributeReader attributes;

    OperatorCalls(Reading reading, Expressions expressions, TypeReader types, TensorReader tensors) {
        this.reading = reading;
        this.expressions = expressions;
        this.attributes = new AttributeReader(reading, expressions, types, tensors);
    }

    /// A call of an operator by its name.
    Meaning call(Frame frame, Expression.Call call, Origin origin) {
        var operands = new ArrayList<Meaning>();
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty()) {
                operands.add(operand(frame, argument.value(), origin));
            }
        }
        var closures = new Closures(reading, expressions, frame, call, operands);
        Map<String, Attribute> given = new LinkedHashMap<>();
        for (Argument argument : call.arguments()) {
            if (argument.name().isPresent()) {
                String name = argument.name().get();
                AttributeForm form = form(frame, call, argument, name);
                Attribute attribute = attributes.read(frame, form, argument.value(), closures, call.name());
                if (given.put(name, fromTheFront(name, attribute, operands)) != null) {
                    throw reading.error(frame, argument.position(), "'%s' is given twice".formatted(name));
                }
            }
        }
        try {
            closures.complete(given);
            Op op = Operators.create(call.name(), given);
            return apply(frame, call.position(), op, values(frame, call, op, operands, origin), origin);
        } catch (TypeError error) {
            throw reading.error(frame, call.position(), "%s: %s".formatted(call.name(), error.getMessage()));
        }
    }

    private Meaning operand(Frame frame, Expression expression, Origin origin) {
        Meaning meaning = expressions.operand(frame, expression, origin);
        if (meaning instanceof Meaning.Results(ImmutableList<Value> values) && values.size() != 1) {
            return Meaning.of(expressions.single(frame, expression, meaning));
        }
        if (meaning instanceof Meaning.Known(Attribute attribute)
                && Numbers.real(attribute).isEmpty()
                && !(attribute instanceof Attribute.Truth)) {
            throw noOperand(frame, expression, attribute);
        }
        return meaning;
    }

    private TextError noOperand(Frame frame, Expression expression, Attribute attribute) {
        String hint =
                attribute instanceof Attribute.Size
                        ? "the size %s is no operand; ShapeOf gives the sizes of a value as a tensor"
                        : "%s is no operand; attributes are given by name";
        return reading.error(frame, expression.position(), hint.formatted(AttributeText.print(attribute)));
    }

    private AttributeForm form(Frame frame, Expression.Call call, Argument argument, String name) {
        try {
            return Operators.attribute(call.name(), name);
        } catch (TypeError error) {
            var known = Lists.transform(Operators.attributes(call.name()), AttributeForm::name);
            throw reading.error(frame, argument.position(), error.getMessage() + Suggestion.of(name, known));
        }
    }

    /// Axes below zero count from the end of the first operand.
    private static Attribute fromTheFront(String name, Attribute attribute, List<Meaning> operands) {
        boolean isAxis = name.equals("axis") || name.equals("axes");
        if (!isAxis
                || operands.isEmpty()
                || !(operands.getFirst() instanceof Meaning.Results(ImmutableList<Value> values))
                || !(values.getFirst().type() instanceof TensorType type)) {
            return attribute;
        }
        int rank = type.shape().rank();
        return switch (attribute) {
            case Attribute.Whole(long axis) when axis < 0 && axis >= -rank -> new Attribute.Whole(axis + rank);
            case Attribute.Items(ImmutableList<Attribute> axes) ->
                    new Attribute.Items(
                            axes.stream()
                                    .map(axis -> fromTheFront("axis", axis, operands))
                                    .collect(ImmutableList.toImmutableList()));
            default -> attribute;
        };
    }

    /// The operands as values, once it is known what type the numbers among them have.
    private List<Value> values(Frame frame, Expression.Call call, Op op, List<Meaning> operands, Origin origin) {
        checkCount(frame, call, op, operands);
        var values = new ArrayList<Value>();
        for (int i = 0; i < operands.size(); i++) {
            values.add(
                    switch (operands.get(i)) {
                        case Meaning.Results(ImmutableList<Value> results) -> results.getFirst();
                        case Meaning.Known(Attribute number) ->
                                constant(frame, number, elementType(op, i, operands), origin);
                        case Meaning.LeftOut leftOut -> Value.ABSENT;
                        case Meaning.Unclear unclear -> throw new ReportedError();
                    });
        }
        return values;
    }

    private void checkCount(Frame frame, Expression.Call call, Op op, List<Meaning> operands) {
        Arity arity = op.arity();
        int found = operands.size();
        if (found >= arity.required() && found <= arity.maximum()) {
            return;
        }
        String range =
                arity.required() == arity.maximum()
                        ? Integer.toString(arity.required())
                        : arity.maximum() == Integer.MAX_VALUE
                                ? arity.required() + " or more"
                                : arity.required() + " to " + arity.maximum();
        boolean misplaced = found > arity.maximum() && operands.stream().anyMatch(Meaning.Known.class::isInstance);
        String names =
                Operators.attributes(call.name()).stream()
                        .map(form -> form.name() + "=...")
                        .collect(Collectors.joining(", "));
        throw reading.error(
                frame,
                call.position(),
                "%s takes %s operand%s, found %d%s"
                        .formatted(
                                call.name(),
                                range,
                                range.equals("1") ? "" : "s",
                                found,
                                misplaced && !names.isEmpty() ? "; attributes are given by name: " + names : ""));
    }

    private static Value constant(Frame frame, Attribute number, ElementType element, Origin origin) {
        return frame.builder().constant(origin, TensorReader.scalar(number, element));
    }

    /// The element type of a number among the operands: that of the first operand that has one. A condition decides nothing
    /// about what it chooses from, nor a table about where to look in it. Numbers alone are `i64`, with a point `f32`.
    private static ElementType elementType(Op op, int index, List<Meaning> operands) {
        if (index == 1 && isNumber(op)) {
            return ElementType.INT64;
        }
        if (index == 0 && op instanceof Where) {
            return ElementType.BOOL;
        }
        Optional<ElementType> others =
                operands.stream()
                        .skip(op instanceof Where ? 1 : 0)
                        .flatMap(operand ->
                                operand instanceof Meaning.Results(ImmutableList<Value> values)
                                                && values.getFirst().type() instanceof TensorType type
                                        ? Optional.of(type.element()).stream()
                                        : Optional.<ElementType>empty().stream())
                        .findFirst();
        return others.orElseGet(() -> alone(operands));
    }

    /// The element type of operands that are all numbers.
    private static ElementType alone(List<Meaning> operands) {
        return has(operands, Attribute.Truth.class)
                ? ElementType.BOOL
                : has(operands, Attribute.Real.class) ? ElementType.FLOAT32 : ElementType.INT64;
    }

    private static boolean has(List<Meaning> operands, Class<? extends Attribute> kind) {
        return operands.stream()
                .anyMatch(operand -> operand instanceof Meaning.Known(Attribute known) && kind.isInstance(known));
    }

    /// Whether the second operand says where or how many.
    private static boolean isNumber(Op op) {
        return op instanceof Gather || op instanceof GatherElements || op instanceof GatherNd || op instanceof TopK;
    }

    /// `a + b` and the like, of which at least one is a value.
    Meaning apply(Frame frame, Expression.Binary binary, Meaning left, Meaning right, Origin origin) {
        Op op = operator(frame, binary);
        var call =
                new Expression.Call(
                        binary.position(),
                        Operators.name(op),
                        ImmutableList.of(
                                new Argument(binary.left().position(), Optional.empty(), binary.left()),
                                new Argument(binary.right().position(), Optional.empty(), binary.right())));
        check(frame, binary.left(), left);
        check(frame, binary.right(), right);
        try {
            Meaning result =
                    apply(frame, binary.position(), op, values(frame, call, op, List.of(left, right), origin), origin);
            return binary.operation() == Operation.DIFFERENT
                    ? apply(frame, binary.position(), new Not(), results(result), origin)
                    : result;
        } catch (TypeError error) {
            throw reading.error(frame, binary.position(), "%s: %s".formatted(call.name(), error.getMessage()));
        }
    }

    private static List<Value> results(Meaning meaning) {
        return meaning instanceof Meaning.Results(ImmutableList<Value> values) ? values : List.of();
    }

    private void check(Frame frame, Expression expression, Meaning meaning) {
        switch (meaning) {
            case Meaning.Results(ImmutableList<Value> values) when values.size() != 1 ->
                    throw reading.error(
                            frame,
                            expression.position(),
                            "these are %d values; give them names first: a, b = ...".formatted(values.size()));
            case Meaning.Known(Attribute attribute)
                    when Numbers.real(attribute).isEmpty() && !(attribute instanceof Attribute.Truth) ->
                    throw noOperand(frame, expression, attribute);
            case Meaning.LeftOut leftOut ->
                    throw reading.error(frame, expression.position(), "'_' stands only for operands of operators");
            default -> {}
        }
    }

    private Op operator(Frame frame, Expression.Binary binary) {
        return switch (binary.operation()) {
            case PLUS -> new Add();
            case MINUS -> new Sub();
            case TIMES -> new Mul();
            case OVER -> new Div();
            case REST -> new Mod(false);
            case AT -> new MatMul();
            case EQUAL, DIFFERENT -> new Equal();
            case LESS -> new Less();
            case AT_MOST -> new LessOrEqual();
            case GREATER -> new Greater();
            case AT_LEAST -> new GreaterOrEqual();
            case BOTH -> new And();
            case EITHER -> new Or();
            case OR -> throw reading.error(frame, binary.position(), "'|' belongs into rules; 'or' is written '||'");
        };
    }

    /// An operator on values.
    Meaning apply(Frame frame, Position at, Op op, List<Value> operands, Origin origin) {
        reading.step();
        try {
            Node node = frame.builder().addNode(origin, op, operands);
            if (op instanceof Dynamic) {
                defineSizes(frame, node);
            }
            return new Meaning.Results(
                    IntStream.range(0, node.types().size())
                            .mapToObj(node::result)
                            .collect(ImmutableList.toImmutableList()));
        } catch (SkiveException refused) {
            String types =
                    operands.stream().map(value -> TypeText.print(value.type())).collect(Collectors.joining(", "));
            String prefix = "%s: %s: ".formatted(origin, op.mnemonic());
            String reason =
                    refused.getMessage().startsWith(prefix)
                            ? refused.getMessage().substring(prefix.length())
                            : refused.getMessage();
            TextError error =
                    reading.error(frame, at, "%s does not accept %s: %s".formatted(Operators.name(op), types, reason));
            if (refused.code() != ExitCode.INVALID_MODEL) {
                throw new SkiveException(refused.code(), error.getMessage(), refused);
            }
            throw error;
        }
    }

    /// Sizes that only a run can tell have names from here on.
    private static void defineSizes(Frame frame, Node node) {
        for (String symbol : node.symbols()) {
            if (frame.scope().size(symbol).isEmpty()) {
                frame.scope().defineSize(symbol, Dim.symbol(symbol));
            }
        }
    }
}

package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Not;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Gives expressions a meaning: as operands, where names are those of values first, and as what is known when the text is
/// read, where names are those of sizes first.
final class Expressions {
    /// The digits of the least number of 64 bits, which has no positive counterpart.
    private static final String LEAST = "9223372036854775808";

    private static final Set<String> ABOUT_VALUES = Set.of("rank", "size");

    private final Reading reading;
    private final TypeReader types;
    private final TensorReader tensors;
    private final OperatorCalls operators;
    private final FunctionCalls functions;

    Expressions(Reading reading) {
        this.reading = reading;
        this.types = new TypeReader(reading, this);
        this.tensors = new TensorReader(reading, this, types);
        this.operators = new OperatorCalls(reading, this, types, tensors);
        this.functions = new FunctionCalls(reading, this, types, tensors);
    }

    TypeReader types() {
        return types;
    }

    /// The only value that an expression stands for.
    Value value(Frame frame, Expression expression, Origin origin) {
        return single(frame, expression, operand(frame, expression, origin));
    }

    /// The only value that an expression of this meaning stands for.
    Value single(Frame frame, Expression expression, Meaning meaning) {
        return switch (meaning) {
            case Meaning.Results(ImmutableList<Value> values) when values.size() == 1 -> values.getFirst();
            case Meaning.Results(ImmutableList<Value> values) ->
                    throw reading.error(
                            frame,
                            expression.position(),
                            "these are %d values; give them names first: a, b = ...".formatted(values.size()));
            case Meaning.Known(Attribute attribute) ->
                    throw reading.error(
                            frame,
                            expression.position(),
                            "%s is no value of the graph; a constant is written f32[] { 1 }"
                                    .formatted(AttributeText.print(attribute)));
            case Meaning.LeftOut leftOut ->
                    throw reading.error(frame, expression.position(), "'_' stands only for operands left out");
            case Meaning.Unclear unclear -> throw new ReportedError();
        };
    }

    /// What an expression stands for as an operand.
    ///
    /// @param origin of the nodes it makes
    Meaning operand(Frame frame, Expression expression, Origin origin) {
        return switch (expression) {
            case Expression.Name(Position at, String name) -> named(frame, at, name);
            case Expression.Call call -> call(frame, call, origin);
            case Expression.Binary binary -> binary(frame, binary, origin);
            case Expression.Negation(Position at, Expression of) ->
                    switch (operand(frame, of, origin)) {
                        case Meaning.Known(Attribute number) -> known(frame, at, () -> Numbers.negate(number));
                        case Meaning other ->
                                operators.apply(frame, at, new Neg(), List.of(single(frame, of, other)), origin);
                    };
            case Expression.Denial(Position at, Expression of) ->
                    switch (operand(frame, of, origin)) {
                        case Meaning.Known(Attribute.Truth(boolean holds)) ->
                                new Meaning.Known(new Attribute.Truth(!holds));
                        case Meaning other ->
                                operators.apply(frame, at, new Not(), List.of(single(frame, of, other)), origin);
                    };
            case Expression.TensorLiteral literal ->
                    Meaning.of(frame.builder().constant(origin, tensors.literal(frame, literal)));
            case Expression.Missing missing -> new Meaning.LeftOut();
            default -> new Meaning.Known(attribute(frame, expression, Unknown.IS_ERROR));
        };
    }

    private Meaning named(Frame frame, Position at, String name) {
        Optional<Meaning> meaning =
                frame.scope()
                        .meaning(name)
                        .or(() -> frame.scope().size(name).map(size -> new Meaning.Known(Numbers.of(size))))
                        .or(() -> Optional.ofNullable(Attribute.NAMED.get(name)).map(Meaning.Known::new));
        if (meaning.isEmpty()) {
            String hint =
                    Operators.contains(name) || reading.functions().containsKey(name)
                            ? "; it is called with brackets: %s(...)".formatted(name)
                            : Suggestion.of(name, frame.scope().names());
            throw reading.error(frame, at, "unknown name '%s'%s".formatted(name, hint));
        }
        if (meaning.get() instanceof Meaning.Unclear) {
            throw new ReportedError();
        }
        return meaning.get();
    }

    private Meaning call(Frame frame, Expression.Call call, Origin origin) {
        String name = call.name();
        if (reading.functions().containsKey(name)) {
            return functions.call(frame, call);
        }
        if (name.equals(TensorReader.WEIGHT) || reading.weights().isAlias(name)) {
            return Meaning.of(tensors.weight(frame, call));
        }
        if (Numbers.FUNCTIONS.contains(name) || ABOUT_VALUES.contains(name)) {
            return new Meaning.Known(attribute(frame, call, Unknown.IS_ERROR));
        }
        if (Operators.contains(name)) {
            return operators.call(frame, call, origin);
        }
        var known =
                Iterables.concat(
                        reading.functions().keySet(),
                        Operators.names(),
                        Numbers.FUNCTIONS,
                        ABOUT_VALUES,
                        Set.of(TensorReader.WEIGHT));
        throw reading.error(
                frame,
                call.position(),
                "there is no operator or function '%s'%s".formatted(name, Suggestion.of(name, known)));
    }

    private Meaning binary(Frame frame, Expression.Binary binary, Origin origin) {
        Meaning left = operand(frame, binary.left(), origin);
        Meaning right = operand(frame, binary.right(), origin);
        if (left instanceof Meaning.Known(Attribute a) && right instanceof Meaning.Known(Attribute b)) {
            return known(frame, binary.position(), () -> Numbers.apply(binary.operation(), a, b));
        }
        return operators.apply(frame, binary, left, right, origin);
    }

    private Meaning known(Frame frame, Position at, Supplier<Attribute> attribute) {
        return new Meaning.Known(checked(frame, at, attribute));
    }

    private Attribute checked(Frame frame, Position at, Supplier<Attribute> attribute) {
        try {
            return attribute.get();
        } catch (TypeError error) {
            throw reading.error(frame, at, error.getMessage());
        }
    }

    /// The size that an expression is.
    Dim size(Frame frame, Expression expression, Unknown unknown) {
        Attribute attribute = attribute(frame, expression, unknown);
        return asSize(attribute)
                .orElseThrow(() ->
                        reading.error(
                                frame,
                                expression.position(),
                                "expected a size, found %s".formatted(AttributeText.print(attribute))));
    }

    /// A text is a size whose name is no identifier.
    private static Optional<Dim> asSize(Attribute attribute) {
        return attribute instanceof Attribute.Text(String name)
                ? Optional.of(Dim.symbol(name))
                : Numbers.size(attribute);
    }

    private static Attribute asNumber(Attribute attribute) {
        return asSize(attribute).map(Numbers::of).orElse(attribute);
    }

    /// What an expression is when it is known now.
    Attribute attribute(Frame frame, Expression expression, Unknown unknown) {
        return switch (expression) {
            case Expression.Name(Position at, String name) -> named(frame, at, name, unknown);
            case Expression.Numeral number -> number(frame, number);
            case Expression.Text(Position at, String text) -> new Attribute.Text(text);
            case Expression.Negation(Position at, Expression.Numeral(Position p, String digits))
                    when digits.equals(LEAST) ->
                    new Attribute.Whole(Long.MIN_VALUE);
            case Expression.Negation(Position at, Expression of) -> {
                Attribute number = asNumber(attribute(frame, of, unknown));
                yield checked(frame, at, () -> Numbers.negate(number));
            }
            case Expression.Binary(Position at, Operation operation, Expression a, Expression b) -> {
                Attribute left = asNumber(attribute(frame, a, unknown));
                Attribute right = asNumber(attribute(frame, b, unknown));
                yield checked(frame, at, () -> Numbers.apply(operation, left, right));
            }
            case Expression.Listing(Position at, ImmutableList<Expression> items) ->
                    new Attribute.Items(
                            items.stream()
                                    .map(item -> attribute(frame, item, unknown))
                                    .collect(ImmutableList.toImmutableList()));
            case Expression.Typed typed -> new Attribute.Typed(types.type(frame, typed));
            case Expression.TensorLiteral literal -> new Attribute.Data(tensors.literal(frame, literal));
            case Expression.Call call -> function(frame, call, unknown);
            case Expression.Denial denial -> throw notKnown(frame, denial);
            case Expression.Closure closure ->
                    throw reading.error(frame, closure.position(), "a graph can only be an attribute of an operator");
            case Expression.AnySizes sizes ->
                    throw reading.error(frame, sizes.position(), "'...' stands only in brackets of types");
            case Expression.Missing missing -> throw notKnown(frame, missing);
            case Expression.Approximately about -> throw ofRules(frame, about);
            case Expression.OnlyUse once -> throw ofRules(frame, once);
            case Expression.Hole hole -> throw ofRules(frame, hole);
        };
    }

    private TextError notKnown(Frame frame, Expression expression) {
        return reading.error(
                frame, expression.position(), "this must be known when the text is read: a number, a size or a list");
    }

    private TextError ofRules(Frame frame, Expression expression) {
        return reading.error(frame, expression.position(), "this belongs into rules, not into models");
    }

    private Attribute number(Frame frame, Expression.Numeral number) {
        try {
            if (number.isBits()) {
                throw reading.error(
                        frame, number.position(), "bits stand only in tensors: f32[] { %s }".formatted(number.text()));
            }
            return number.isWhole()
                    ? new Attribute.Whole(Long.parseLong(number.text()))
                    : new Attribute.Real(Double.parseDouble(number.text()));
        } catch (NumberFormatException tooLarge) {
            throw reading.error(frame, number.position(), "the number does not fit 64 bits");
        }
    }

    private Attribute named(Frame frame, Position at, String name, Unknown unknown) {
        Optional<Dim> size = frame.scope().size(name);
        if (size.isPresent()) {
            return Numbers.of(size.get());
        }
        Optional<Meaning> meaning = frame.scope().meaning(name);
        if (meaning.isPresent()) {
            return switch (meaning.get()) {
                case Meaning.Known(Attribute attribute) -> attribute;
                case Meaning.Unclear unclear -> throw new ReportedError();
                default ->
                        throw reading.error(
                                frame,
                                at,
                                "'%s' is a value of the graph; this must be known when the text is read"
                                        .formatted(name));
            };
        }
        if (Attribute.NAMED.containsKey(name) || ElementType.parse(name).isPresent()) {
            return Attribute.named(name);
        }
        if (unknown == Unknown.IS_SIZE) {
            frame.scope().defineSize(name, Dim.symbol(name));
            return new Attribute.Size(Dim.symbol(name));
        }
        var known = frame.scope().sizeNames();
        throw reading.error(
                frame,
                at,
                "unknown size or number '%s'%s%s"
                        .formatted(
                                name,
                                known.isEmpty() ? "" : "; known sizes are " + String.join(", ", known),
                                Suggestion.of(name, Iterables.concat(known, frame.scope().names()))));
    }

    private Attribute function(Frame frame, Expression.Call call, Unknown unknown) {
        if (call.name().equals("seq") || call.name().equals("optional")) {
            return new Attribute.Typed(types.type(frame, call));
        }
        if (ABOUT_VALUES.contains(call.name())) {
            return aboutValue(frame, call);
        }
        if (!Numbers.FUNCTIONS.contains(call.name())) {
            throw reading.error(
                    frame,
                    call.position(),
                    "'%s' is no function of numbers; known are %s%s"
                            .formatted(
                                    call.name(),
                                    String.join(", ", Iterables.concat(Numbers.FUNCTIONS, ABOUT_VALUES)),
                                    Suggestion.of(call.name(), Numbers.FUNCTIONS)));
        }
        List<Attribute> arguments =
                call.arguments().stream()
                        .map(argument -> asNumber(attribute(frame, argument.value(), unknown)))
                        .toList();
        return checked(frame, call.position(), () -> Numbers.call(call.name(), arguments));
    }

    /// `rank(x)` and `size(x, axis)`.
    private Attribute aboutValue(Frame frame, Expression.Call call) {
        List<Argument> arguments = call.arguments();
        boolean isSize = call.name().equals("size");
        if (arguments.size() != (isSize ? 2 : 1)) {
            throw reading.error(
                    frame, call.position(), isSize ? "size takes a value and an axis" : "rank takes a value");
        }
        Expression of = arguments.getFirst().value();
        if (!(value(frame, of, frame.origin(call.name())).type() instanceof TensorType type)) {
            throw reading.error(frame, of.position(), "%s needs a tensor".formatted(call.name()));
        }
        if (!isSize) {
            return new Attribute.Whole(type.shape().rank());
        }
        Expression axis = arguments.get(1).value();
        Dim number = size(frame, axis, Unknown.IS_ERROR);
        int rank = type.shape().rank();
        if (!number.isKnown() || number.known() < -rank || number.known() >= rank) {
            throw reading.error(
                    frame, axis.position(), "there is no axis %s in %s".formatted(number, TypeText.print(type)));
        }
        return Numbers.of(type.shape().dim((int) number.known()));
    }
}

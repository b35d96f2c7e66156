package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ParameterType;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Types as they are written. A size that is a name nothing defines becomes a symbol with this name.
final class TypeReader {
    private final Reading reading;
    private final Expressions expressions;

    TypeReader(Reading reading, Expressions expressions) {
        this.reading = reading;
        this.expressions = expressions;
    }

    /// The type of an input.
    Type type(Frame frame, ParameterType written) {
        return switch (written) {
            case ParameterType.Tensor(Position at, String element, ImmutableList<Expression> shape) ->
                    tensor(frame, at, element, shape);
            case ParameterType.Wrapped(Position at, String kind, ParameterType of) ->
                    wrapped(frame, at, kind, type(frame, of));
            case ParameterType.Named(Position at, String name) ->
                    throw reading.error(
                            frame, at, "'%s' is no type of a value; a tensor type is f32[batch, 4]".formatted(name));
        };
    }

    /// The type that an expression is.
    Type type(Frame frame, Expression written) {
        if (written instanceof Expression.Typed(Position at, String element, ImmutableList<Expression> shape)) {
            return tensor(frame, at, element, shape);
        }
        if (written instanceof Expression.Call(Position at, String kind, var arguments) && arguments.size() == 1) {
            return wrapped(frame, at, kind, type(frame, arguments.getFirst().value()));
        }
        throw reading.error(frame, written.position(), "expected a type, for example f32[batch, 4]");
    }

    private Type tensor(Frame frame, Position at, String element, ImmutableList<Expression> shape) {
        ElementType type = element(frame, at, element);
        if (shape.size() == 1 && shape.getFirst() instanceof Expression.AnySizes) {
            return new UnrankedType(type);
        }
        return new TensorType(
                type,
                new Shape(shape.stream().map(size -> size(frame, size)).collect(ImmutableList.toImmutableList())));
    }

    private Type wrapped(Frame frame, Position at, String kind, Type of) {
        return switch (kind) {
            case "seq" -> new SequenceType(of);
            case "optional" -> new OptionalType(of);
            default ->
                    throw reading.error(
                            frame, at, "unknown kind of type '%s'; known are seq and optional".formatted(kind));
        };
    }

    /// The element type with this name.
    ElementType element(Frame frame, Position at, String name) {
        return ElementType.parse(name)
                .orElseThrow(() -> {
                    var known = Arrays.stream(ElementType.values()).map(ElementType::text).toList();
                    return reading.error(
                            frame,
                            at,
                            "unknown element type '%s'; known are %s%s"
                                    .formatted(name, String.join(", ", known), Suggestion.of(name, known)));
                });
    }

    /// A size. A name that nothing defines becomes a symbol from here on.
    private Dim size(Frame frame, Expression written) {
        if (written instanceof Expression.Name(Position at, String name) && isFree(frame, name)) {
            frame.scope().defineSize(name, Dim.symbol(name));
        }
        return expressions.size(frame, written, Unknown.IS_SIZE);
    }

    /// Checks the argument of a function against the type of the parameter, and gives the sizes of the parameter that have
    /// no meaning yet those of the argument.
    ///
    /// @param at where the argument stands
    void bind(Frame inside, ParameterType written, Type found, String parameter, Position at) {
        if (!(written instanceof ParameterType.Tensor(Position position, String element, var shape))
                || (shape.size() == 1 && shape.getFirst() instanceof Expression.AnySizes)
                || !(found instanceof TensorType(ElementType foundElement, Shape foundShape))) {
            Type expected = type(inside, written);
            if (!expected.equals(found) && !(expected instanceof UnrankedType(var e) && isTensorOf(found, e))) {
                throw mismatch(inside, parameter, TypeText.print(expected), found, at);
            }
            return;
        }
        boolean fits = element(inside, position, element) == foundElement && shape.size() == foundShape.rank();
        for (int axis = 0; axis < shape.size(); axis++) {
            Dim size = fits ? foundShape.dim(axis) : Dim.ZERO;
            if (fits && shape.get(axis) instanceof Expression.Name(Position p, String name) && isFree(inside, name)) {
                inside.scope().defineSize(name, size);
            }
            fits = fits && !expressions.size(inside, shape.get(axis), Unknown.IS_ERROR).differsFrom(size);
        }
        if (!fits) {
            String expected =
                    shape.stream()
                            .map(size -> text(inside, size))
                            .collect(Collectors.joining(", ", element + "[", "]"));
            throw mismatch(inside, parameter, expected, found, at);
        }
    }

    private static boolean isFree(Frame inside, String name) {
        return inside.scope().size(name).isEmpty()
                && !(inside.scope().meaning(name).orElse(new Meaning.LeftOut()) instanceof Meaning.Known);
    }

    private static boolean isTensorOf(Type type, ElementType element) {
        return type instanceof TensorType tensor && tensor.element() == element;
    }

    /// A size as a number where it is known, else as it is written.
    private String text(Frame inside, Expression size) {
        return size instanceof Expression.Name(Position at, String name) && isFree(inside, name)
                ? name
                : SizeText.print(expressions.size(inside, size, Unknown.IS_SIZE));
    }

    private TextError mismatch(Frame inside, String parameter, String expected, Type found, Position at) {
        Frame.FunctionCall call = inside.calls().getLast();
        return reading.error(
                inside.caller(),
                at,
                "'%s' of '%s' must be %s, found %s"
                        .formatted(parameter, call.function(), expected, TypeText.print(found)));
    }
}

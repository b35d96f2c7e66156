package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Element;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Constants as they are written: in full, or by their names in files.
final class TensorReader {
    /// The function that gives a tensor of a file.
    static final String WEIGHT = "weight";

    /// `{i}` in the name of a tensor; doubled braces stand for braces.
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_]*)\\}|[{}]");

    private final Reading reading;
    private final Expressions expressions;
    private final TypeReader types;

    TensorReader(Reading reading, Expressions expressions, TypeReader types) {
        this.reading = reading;
        this.expressions = expressions;
        this.types = types;
    }

    /// A tensor in full.
    TensorData literal(Frame frame, Expression.TensorLiteral literal) {
        ElementType element = types.element(frame, literal.position(), literal.element());
        long[] sizes = literal.shape().stream().mapToLong(size -> known(frame, size)).toArray();
        ImmutableList<Element> elements = literal.elements();
        long count = 1;
        for (long size : sizes) {
            count = size != 0 && count > Integer.MAX_VALUE / size ? Integer.MAX_VALUE : count * size;
        }
        if (count != elements.size()) {
            throw reading.error(
                    frame,
                    literal.position(),
                    "%s takes %d elements, found %d"
                            .formatted(
                                    TypeText.print(new TensorType(element, dev.skive.ir.type.Shape.of(sizes))),
                                    count,
                                    elements.size()));
        }
        if (element == ElementType.STRING) {
            return TensorData.ofText(elements.stream().map(text -> text(frame, text)).toList(), sizes);
        }
        MemorySegment bytes = TensorData.allocate(element, count);
        for (int i = 0; i < elements.size(); i++) {
            store(frame, elements.get(i), element, bytes, i);
        }
        return TensorData.wrap(element, sizes, bytes);
    }

    private long known(Frame frame, Expression size) {
        Dim dim = expressions.size(frame, size, Unknown.IS_ERROR);
        if (!dim.isKnown() || dim.known() < 0) {
            throw reading.error(frame, size.position(), "the size of a constant must be a number, found " + dim);
        }
        return dim.known();
    }

    private String text(Frame frame, Element element) {
        if (!element.quoted()) {
            throw reading.error(
                    frame, element.position(), "%s is no text; write it in quotes".formatted(element.text()));
        }
        return element.text();
    }

    private void store(Frame frame, Element element, ElementType type, MemorySegment bytes, int index) {
        try {
            TypeError.check(!element.quoted(), "a text is no element of type %s", type);
            ElementText.read(element.text(), type, bytes, index);
        } catch (TypeError error) {
            throw reading.error(frame, element.position(), error.getMessage());
        }
    }

    /// A number as a constant of rank 0.
    ///
    /// @throws TypeError when the type has no such element
    static TensorData scalar(Attribute number, ElementType element) {
        MemorySegment bytes = TensorData.allocate(element, 1);
        ElementText.read(AttributeText.print(number), element, bytes, 0);
        return TensorData.wrap(element, new long[0], bytes);
    }

    /// The tensor of a file: `weight("layers.{i}.wq", f32[4, 4])`, where the type may be left out. Its origin is its name.
    Value weight(Frame frame, Expression.Call call) {
        var arguments = call.arguments();
        boolean isCall =
                (arguments.size() == 1 || arguments.size() == 2)
                        && arguments.stream().allMatch(argument -> argument.name().isEmpty())
                        && arguments.getFirst().value() instanceof Expression.Text;
        if (!isCall) {
            throw reading.error(
                    frame,
                    call.position(),
                    "%s takes the name of a tensor in quotes, and perhaps its type: %s(\"name\", f32[4, 4])"
                            .formatted(call.name(), call.name()));
        }
        var text = (Expression.Text) arguments.getFirst().value();
        String name = interpolated(frame, text);
        Optional<TensorType> type =
                arguments.stream().skip(1).map(argument -> knownType(frame, argument.value())).findFirst();
        try {
            Optional<String> file = call.name().equals(WEIGHT) ? Optional.empty() : Optional.of(call.name());
            return frame.builder().constant(Origin.of(name), reading.weights().tensor(file, name, type));
        } catch (TypeError error) {
            throw reading.error(frame, text.position(), error.getMessage());
        }
    }

    private TensorType knownType(Frame frame, Expression written) {
        Type type = types.type(frame, written);
        if (!(type instanceof TensorType tensor) || !tensor.shape().isKnown()) {
            throw reading.error(
                    frame,
                    written.position(),
                    "the sizes of a weight are numbers, found %s".formatted(TypeText.print(type)));
        }
        return tensor;
    }

    /// A text with the meanings of the names in its braces, as a name of a tensor or a text that a function takes.
    String interpolated(Frame frame, Expression.Text text) {
        return PLACEHOLDER
                .matcher(text.value())
                .replaceAll(
                        found -> Matcher.quoteReplacement(part(frame, text.position(), found.group(), found.group(1))));
    }

    private String part(Frame frame, Position at, String found, @org.jspecify.annotations.Nullable String name) {
        if (name == null) {
            if (found.length() == 1) {
                throw misplaced(frame, at, found);
            }
            return found.substring(1);
        }
        return switch (expressions.attribute(frame, new Expression.Name(at, name), Unknown.IS_ERROR)) {
            case Attribute.Whole(long number) -> Long.toString(number);
            case Attribute.Text(String value) -> value;
            case Attribute other ->
                    throw reading.error(
                            frame,
                            at,
                            "{%s} must be a whole number or a text, found %s"
                                    .formatted(name, AttributeText.print(other)));
        };
    }

    private TextError misplaced(Frame frame, Position at, String brace) {
        return reading.error(
                frame,
                at,
                "'%s' stands alone; {i} puts in a number, and the brace itself is written twice".formatted(brace));
    }
}

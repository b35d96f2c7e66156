package dev.skive.frontend.lang;

import dev.skive.ir.type.Type;
import java.util.Map;
import java.util.stream.Collectors;

/// Attributes in canonical text. Graphs within operators are shown by name only; a graph is printed with them in full.
public final class AttributeText {
    private AttributeText() {}

    static String print(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Whole(long value) -> Long.toString(value);
            case Attribute.Real(double value) -> NumberText.print(value);
            case Attribute.Truth(boolean value) -> Boolean.toString(value);
            case Attribute.Word(String name) -> name;
            case Attribute.Text(String text) -> NameText.quoted(text);
            case Attribute.Size(var size) -> SizeText.print(size);
            case Attribute.Typed(Type type) -> TypeText.print(type);
            case Attribute.Items(var items) ->
                    items.stream().map(AttributeText::print).collect(Collectors.joining(", ", "[", "]"));
            case Attribute.Group(String name, var parts) -> name + "(" + print(parts) + ")";
            case Attribute.Nested(var body) -> NameText.quoted(body.graph().name());
            case Attribute.Data(var data) -> TensorText.print(data);
        };
    }

    /// Attributes with their names.
    public static String print(Map<String, Attribute> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + print(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}

package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// What a parameter of a function can be that is no tensor.
enum ParameterKind {
    INT("int", "a whole number or a size", attribute -> Numbers.size(attribute).isPresent()),
    FLOAT("float", "a number", attribute -> Numbers.real(attribute).isPresent()),
    BOOL("bool", "true or false", Attribute.Truth.class::isInstance),
    TEXT("text", "a text in quotes", Attribute.Text.class::isInstance),
    WORD("word", "a word", Attribute.Word.class::isInstance),
    TYPE(
            "type",
            "an element type, f32 for example",
            attribute -> attribute instanceof Attribute.Word(String word) && ElementType.parse(word).isPresent()),
    LIST("list", "a list", Attribute.Items.class::isInstance);

    private final String text;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<Attribute> accepted;

    ParameterKind(String text, String description, Predicate<Attribute> accepted) {
        this.text = text;
        this.description = description;
        this.accepted = accepted;
    }

    /// The kind that is written so.
    static Optional<ParameterKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /// How all kinds are written.
    static ImmutableList<String> names() {
        return Arrays.stream(values()).map(kind -> kind.text).collect(ImmutableList.toImmutableList());
    }

    /// What it is, in words.
    String description() {
        return description;
    }

    /// Whether an attribute is such a thing.
    boolean accepts(Attribute attribute) {
        return accepted.test(attribute);
    }
}

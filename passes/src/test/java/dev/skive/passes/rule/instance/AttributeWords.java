package dev.skive.passes.rule.instance;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;

/// The words an attribute can be.
public final class AttributeWords {
    private AttributeWords() {}

    /// The words, none when the attribute is no choice of words.
    public static ImmutableList<String> of(AttributeForm form) {
        Class<?> type = form.type().getRawType();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(AttributeWords::word)
                        .collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
    }

    private static String word(Object constant) {
        return constant instanceof ElementType element
                ? element.text()
                : Ascii.toLowerCase(((Enum<?>) constant).name());
    }
}

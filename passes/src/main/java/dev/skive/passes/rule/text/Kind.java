package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Primitives;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// What an expression of a rule can be, as far as it is known before the rule is applied.
public enum Kind {
    /// A value of the graph.
    VALUE("a value"),
    /// Several operands.
    OPERANDS("operands"),
    /// A number, or a size that may be symbolic.
    NUMBER("a number"),
    /// True or false.
    TRUTH("a condition"),
    /// A list.
    LIST("a list"),
    /// An element type, or one of several choices.
    WORD("a word"),
    /// Attributes under a name.
    GROUP("a group"),
    /// A constant tensor.
    DATA("a constant"),
    /// Anything else.
    ANY("anything");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /// True unless something of kind `found` is certainly not of this kind.
    boolean accepts(Kind found) {
        return this == found || this == ANY || (found == ANY && this != VALUE && this != OPERANDS);
    }

    /// The kind of an attribute.
    static Kind of(AttributeForm form) {
        Class<?> type = Primitives.wrap(form.type().getRawType());
        if (Number.class.isAssignableFrom(type) || type == Dim.class) {
            return NUMBER;
        }
        if (type == Boolean.class) {
            return TRUTH;
        }
        if (type == ImmutableList.class) {
            return LIST;
        }
        if (type == ElementType.class || type.isEnum()) {
            return WORD;
        }
        return type.isRecord() && type != Optional.class ? GROUP : ANY;
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.skive.frontend.lang;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Primitives;
import com.google.common.reflect.TypeToken;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Body;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an attribute can be, as the component of a record says: numbers, choices, sizes, types, lists of them, and records
/// of them again.
///
/// @param name the name of the component
/// @param type the Java type of the component
public record AttributeForm(String name, TypeToken<?> type) {
    /// The component's value for an attribute.
    ///
    /// @throws TypeError when it can be no such thing
    public Object value(Attribute attribute) {
        if (type.getRawType() == Optional.class) {
            return Optional.of(part(attribute));
        }
        if (type.getRawType() == ImmutableList.class) {
            return items(attribute).stream().map(this::part).collect(ImmutableList.toImmutableList());
        }
        return scalar(Primitives.wrap(type.getRawType()), attribute).orElseThrow(() -> wrong(attribute));
    }

    /// The component's value when the attribute is not mentioned: what is not said does not hold, and an optional thing is
    /// not there.
    public Optional<Object> unmentioned() {
        if (type.getRawType() == boolean.class) {
            return Optional.of(false);
        }
        return type.getRawType() == Optional.class ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private Object part(Attribute attribute) {
        return part().value(attribute);
    }

    /// What an item of a list, or an optional thing that is there, can be.
    AttributeForm part() {
        return new AttributeForm(name, type.resolveType(type.getRawType().getTypeParameters()[0]));
    }

    private List<Attribute> items(Attribute attribute) {
        if (attribute instanceof Attribute.Items(ImmutableList<Attribute> items)) {
            return items;
        }
        throw wrong(attribute);
    }

    private Optional<?> scalar(Class<?> wanted, Attribute attribute) {
        if (wanted == Dim.class) {
            return size(attribute);
        }
        if (wanted == ElementType.class) {
            return attribute instanceof Attribute.Word(String word) ? ElementType.parse(word) : Optional.empty();
        }
        if (wanted.isEnum()) {
            return constants(wanted).filter(constant -> text(constant).equals(word(attribute))).findFirst();
        }
        return switch (attribute) {
            case Attribute.Whole(long value) -> whole(wanted, value);
            case Attribute.Real(double value) -> real(wanted, value);
            case Attribute.Size(Dim size) when size.isKnown() -> whole(wanted, size.known());
            case Attribute.Truth(boolean value) -> instance(wanted, value);
            case Attribute.Text(String value) -> instance(wanted, value);
            case Attribute.Word(String value) -> instance(wanted, value);
            case Attribute.Typed(Type value) -> instance(wanted, value);
            case Attribute.Nested(Body value) -> instance(wanted, value);
            case Attribute.Data(TensorData value) -> instance(wanted, value);
            case Attribute.Group group -> Optional.of(GroupForm.in(this, group).create(group.parts()));
            case Attribute.Size size -> Optional.empty();
            case Attribute.Items items -> Optional.empty();
        };
    }

    private static Optional<?> instance(Class<?> wanted, Object value) {
        return wanted.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Dim> size(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Whole(long value) -> Optional.of(Dim.of(value));
            case Attribute.Size(Dim size) -> Optional.of(size);
            case Attribute.Word(String name) -> Optional.of(Dim.symbol(name));
            case Attribute.Text(String name) -> Optional.of(Dim.symbol(name));
            default -> Optional.empty();
        };
    }

    private static Optional<?> whole(Class<?> wanted, long value) {
        if (wanted == Integer.class) {
            return value == (int) value ? Optional.of((int) value) : Optional.empty();
        }
        return wanted == Long.class ? Optional.of(value) : real(wanted, (double) value);
    }

    private static Optional<?> real(Class<?> wanted, double value) {
        if (wanted == Float.class) {
            return Optional.of((float) value);
        }
        return wanted == Double.class ? Optional.of(value) : Optional.empty();
    }

    private static Stream<Object> constants(Class<?> choice) {
        return Arrays.stream(choice.getEnumConstants());
    }

    private static String word(Attribute attribute) {
        return attribute instanceof Attribute.Word(String word) ? word : "";
    }

    /// A constant of an enumeration in text.
    private static String text(Object constant) {
        return Ascii.toLowerCase(((Enum<?>) constant).name());
    }

    /// The error about an attribute that is something else.
    TypeError wrong(Attribute attribute) {
        return new TypeError("%s must be %s, found %s".formatted(name, description(), AttributeText.print(attribute)));
    }

    /// What it can be, in words.
    String description() {
        Class<?> raw = Primitives.wrap(type.getRawType());
        if (raw == ImmutableList.class || raw == Optional.class) {
            String part = new AttributeForm(name, type.resolveType(raw.getTypeParameters()[0])).description();
            return raw == Optional.class ? part : "a list, each item " + part;
        }
        if (raw == ElementType.class) {
            return "an element type";
        }
        if (raw.isEnum()) {
            return constants(raw).map(AttributeForm::text).collect(Collectors.joining(", ", "one of ", ""));
        }
        if (raw.isRecord() || raw.isSealed()) {
            return GroupForm.all(raw).isEmpty()
                    ? raw.getSimpleName()
                    : GroupForm.all(raw).stream().map(GroupForm::usage).collect(Collectors.joining(" or "));
        }
        return NAMES.getOrDefault(raw, raw.getSimpleName());
    }

    private static final ImmutableMap<Class<?>, String> NAMES =
            ImmutableMap.<Class<?>, String>builder()
                    .put(Integer.class, "a whole number of 32 bits")
                    .put(Long.class, "a whole number")
                    .put(Double.class, "a number")
                    .put(Float.class, "a number")
                    .put(Boolean.class, "true or false")
                    .put(String.class, "a text")
                    .put(Dim.class, "a size")
                    .put(TensorData.class, "a tensor in full")
                    .buildOrThrow();

    /// The attribute for a component's value.
    static Attribute attribute(Object value) {
        return switch (value) {
            case Integer number -> new Attribute.Whole(number);
            case Long number -> new Attribute.Whole(number);
            case Float number -> new Attribute.Real(number);
            case Double number -> new Attribute.Real(number);
            case Boolean truth -> new Attribute.Truth(truth);
            case String text -> new Attribute.Text(text);
            case Dim size -> new Attribute.Size(size);
            case ElementType element -> new Attribute.Word(element.text());
            case Enum<?> choice -> new Attribute.Word(text(choice));
            case Type type -> new Attribute.Typed(type);
            case Body body -> new Attribute.Nested(body);
            case TensorData data -> new Attribute.Data(data);
            case List<?> items ->
                    new Attribute.Items(
                            items.stream().map(AttributeForm::attribute).collect(ImmutableList.toImmutableList()));
            case Record group -> GroupForm.of(group.getClass()).read(group);
            default -> throw new AssertionError("an attribute cannot be a " + value.getClass());
        };
    }
}

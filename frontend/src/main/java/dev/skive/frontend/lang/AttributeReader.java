package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;

/// Reads attributes of operators, led by what each can be.
final class AttributeReader {
    private final Reading reading;
    private final Expressions expressions;
    private final TypeReader types;
    private final TensorReader tensors;

    AttributeReader(Reading reading, Expressions expressions, TypeReader types, TensorReader tensors) {
        this.reading = reading;
        this.expressions = expressions;
        this.types = types;
        this.tensors = tensors;
    }

    /// An attribute.
    ///
    /// @param closures where graphs go
    /// @param operator the name of the operator
    Attribute read(Frame frame, AttributeForm form, Expression value, Closures closures, String operator) {
        Attribute attribute = form(frame, form, value, closures, operator);
        try {
            form.value(attribute);
            return attribute;
        } catch (TypeError error) {
            throw reading.error(frame, value.position(), error.getMessage());
        }
    }

    private Attribute form(Frame frame, AttributeForm form, Expression value, Closures closures, String operator) {
        Class<?> raw = form.type().getRawType();
        if (raw == Optional.class) {
            return form(frame, form.part(), value, closures, operator);
        }
        if (raw == ImmutableList.class && value instanceof Expression.Listing(Position at, var items)) {
            AttributeForm part = form.part();
            return new Attribute.Items(
                    items.stream()
                            .map(item -> form(frame, part, item, closures, operator))
                            .collect(ImmutableList.toImmutableList()));
        }
        if (value instanceof Expression.Closure closure && raw == Body.class) {
            return closures.read(form.name(), closure);
        }
        if (Type.class.isAssignableFrom(raw) && !(value instanceof Expression.Name)) {
            return new Attribute.Typed(types.type(frame, value));
        }
        if (value instanceof Expression.Name(Position at, String name) && isWord(raw) && !frame.scope().isKnown(name)) {
            return new Attribute.Word(name);
        }
        if (value instanceof Expression.Call call
                && !Numbers.FUNCTIONS.contains(call.name())
                && (raw.isRecord() || raw.isSealed())
                && raw != dev.skive.ir.type.Dim.class) {
            return group(frame, form, call, closures, operator);
        }
        if (value instanceof Expression.TensorLiteral literal) {
            return new Attribute.Data(tensors.literal(frame, literal));
        }
        return expressions.attribute(frame, value, introducesSizes(operator) ? Unknown.IS_SIZE : Unknown.IS_ERROR);
    }

    private static boolean isWord(Class<?> raw) {
        return raw.isEnum() || raw == ElementType.class || raw == String.class;
    }

    private static boolean introducesSizes(String operator) {
        return GroupForm.all(Op.class).stream()
                .anyMatch(form -> form.name().equals(operator) && Dynamic.class.isAssignableFrom(form.record()));
    }

    private Attribute group(Frame frame, AttributeForm form, Expression.Call call, Closures closures, String operator) {
        GroupForm group =
                GroupForm.all(form.type().getRawType()).stream()
                        .filter(candidate -> candidate.name().equals(call.name()))
                        .findFirst()
                        .orElseThrow(() ->
                                reading.error(
                                        frame,
                                        call.position(),
                                        "%s must be %s, found %s(...)"
                                                .formatted(form.name(), form.description(), call.name())));
        var parts = ImmutableMap.<String, Attribute>builder();
        for (Argument argument : call.arguments()) {
            String name =
                    argument.name()
                            .orElseThrow(() ->
                                    reading.error(
                                            frame,
                                            argument.position(),
                                            "the parts of %s are given by name: %s"
                                                    .formatted(call.name(), group.usage())));
            AttributeForm part =
                    group.attribute(name)
                            .orElseThrow(() ->
                                    reading.error(
                                            frame,
                                            argument.position(),
                                            "there is no '%s' in %s%s"
                                                    .formatted(
                                                            name,
                                                            group.usage(),
                                                            Suggestion.of(
                                                                    name,
                                                                    Lists.transform(
                                                                            group.attributes(),
                                                                            AttributeForm::name)))));
            parts.put(name, form(frame, part, argument.value(), closures, operator));
        }
        try {
            return new Attribute.Group(call.name(), parts.buildOrThrow());
        } catch (IllegalArgumentException twice) {
            throw reading.error(frame, call.position(), "a part of %s is given twice".formatted(call.name()));
        }
    }
}

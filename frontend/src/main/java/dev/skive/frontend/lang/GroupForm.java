package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import com.google.common.reflect.TypeToken;
import dev.skive.ir.type.TypeError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A record as a group of named attributes: an operator, or what is put together within one. Names and forms are those of
/// the record and its components.
///
/// @param record the record
/// @param attributes what its components can be, in order
record GroupForm(Class<?> record, ImmutableList<AttributeForm> attributes) {
    private static final ClassValue<GroupForm> FORMS =
            new ClassValue<>() {
                @Override
                protected GroupForm computeValue(Class<?> record) {
                    return new GroupForm(
                            record,
                            Arrays.stream(record.getRecordComponents())
                                    .map(part -> new AttributeForm(part.getName(), TypeToken.of(part.getGenericType())))
                                    .collect(ImmutableList.toImmutableList()));
                }
            };

    /// The form of a record.
    static GroupForm of(Class<?> record) {
        return FORMS.get(record);
    }

    /// The forms of a record, or of every record of a sealed family.
    static ImmutableList<GroupForm> all(Class<?> family) {
        if (family.isSealed()) {
            return Arrays.stream(family.getPermittedSubclasses())
                    .flatMap(member -> all(member).stream())
                    .collect(ImmutableList.toImmutableList());
        }
        return family.isRecord() ? ImmutableList.of(of(family)) : ImmutableList.of();
    }

    /// The form that a group has where an attribute can be one.
    ///
    /// @throws TypeError when the attribute can be no such group
    static GroupForm in(AttributeForm place, Attribute.Group group) {
        return all(place.type().getRawType()).stream()
                .filter(form -> form.name().equals(group.name()))
                .findFirst()
                .orElseThrow(() -> place.wrong(group));
    }

    /// Its name in text.
    String name() {
        return record.getSimpleName();
    }

    /// An attribute by its name.
    Optional<AttributeForm> attribute(String wanted) {
        return attributes.stream().filter(attribute -> attribute.name().equals(wanted)).findFirst();
    }

    /// Its name and those of its attributes.
    String usage() {
        return attributes.stream().map(AttributeForm::name).collect(Collectors.joining(", ", name() + "(", ")"));
    }

    /// The record with these attributes.
    ///
    /// @throws TypeError when one is missing, unknown, or not what it can be
    Object create(Map<String, Attribute> given) {
        var known = attributes.stream().map(AttributeForm::name).collect(Collectors.toSet());
        var unknown = Sets.difference(given.keySet(), known);
        TypeError.check(
                unknown.isEmpty(),
                "there is no attribute '%s' in %s",
                unknown.stream().findFirst().orElse(""),
                usage());
        return create(attributes.stream().map(attribute -> value(attribute, given)).toArray());
    }

    private Object value(AttributeForm attribute, Map<String, Attribute> given) {
        return Optional.ofNullable(given.get(attribute.name()))
                .map(attribute::value)
                .or(attribute::unmentioned)
                .orElseThrow(() ->
                        new TypeError(
                                "the attribute '%s' is missing: it is %s"
                                        .formatted(attribute.name(), attribute.description())));
    }

    private Object create(Object... values) {
        try {
            return record.getDeclaredConstructor(
                            Arrays.stream(record.getRecordComponents())
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new LinkageError("cannot create " + usage(), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot create " + usage(), e);
        }
    }

    /// The attributes of a record; those that are as if they were not mentioned are not.
    Attribute.Group read(Object instance) {
        var parts = ImmutableMap.<String, Attribute>builder();
        for (int i = 0; i < attributes.size(); i++) {
            AttributeForm attribute = attributes.get(i);
            Object value = component(record.getRecordComponents()[i], instance);
            if (!attribute.unmentioned().equals(Optional.of(value))) {
                Object present = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
                parts.put(attribute.name(), AttributeForm.attribute(present));
            }
        }
        return new Attribute.Group(name(), parts.buildOrThrow());
    }

    private static Object component(RecordComponent component, Object instance) {
        try {
            return component.getAccessor().invoke(instance);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot read " + component, e);
        }
    }
}

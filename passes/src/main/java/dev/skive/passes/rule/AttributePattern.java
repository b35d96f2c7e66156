package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Attribute;

/// The form of an attribute that a rule looks for.
public sealed interface AttributePattern {
    /// Any attribute. A name that occurs twice must be bound to the same attribute both times.
    ///
    /// @param name bound to it
    record Any(String name) implements AttributePattern {}

    /// This attribute and no other.
    ///
    /// @param attribute what it must be
    record Equal(Attribute attribute) implements AttributePattern {}

    /// A list of as many items of these forms.
    ///
    /// @param items the forms
    record Items(ImmutableList<AttributePattern> items) implements AttributePattern {}

    /// A group with parts of these forms; parts that are not mentioned may be anything.
    ///
    /// @param name of the group
    /// @param parts by name
    record Group(String name, ImmutableMap<String, AttributePattern> parts) implements AttributePattern {}
}

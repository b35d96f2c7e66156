package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.TypeError;
import java.util.Map;
import java.util.Optional;

/// The operators by their names in text, which are the names of their records, with attributes named like the components.
/// Everything follows from the sealed family of [Op], so that a new operator needs nothing here.
public final class Operators {
    private static final ImmutableMap<String, GroupForm> FORMS =
            Maps.uniqueIndex(
                    GroupForm.all(Op.class).stream()
                            .filter(form -> !Source.class.isAssignableFrom(form.record()))
                            .iterator(),
                    GroupForm::name);

    private Operators() {}

    /// The names of all operators that can be called, in the order of their families.
    public static ImmutableList<String> names() {
        return FORMS.keySet().asList();
    }

    /// True when an operator has this name.
    public static boolean contains(String name) {
        return FORMS.containsKey(name);
    }

    /// What the attributes of an operator can be, in order.
    ///
    /// @throws TypeError when no operator has this name
    public static ImmutableList<AttributeForm> attributes(String name) {
        return form(name).attributes();
    }

    /// What one attribute of an operator can be.
    ///
    /// @throws TypeError when there is no such operator or attribute
    public static AttributeForm attribute(String name, String attribute) {
        GroupForm form = form(name);
        return form.attribute(attribute)
                .orElseThrow(
                        () -> new TypeError("there is no attribute '%s' in %s".formatted(attribute, form.usage())));
    }

    /// The operator with these attributes. A boolean that is not mentioned is false, an optional attribute is not there.
    ///
    /// @throws TypeError when there is no such operator, or an attribute is missing, unknown, or not what it can be
    public static Op create(String name, Map<String, Attribute> attributes) {
        return (Op) form(name).create(attributes);
    }

    /// The name of an operator in text.
    public static String name(Op op) {
        return op.getClass().getSimpleName();
    }

    /// The attributes of an operator, in order, without those that say the same as leaving them out.
    public static ImmutableMap<String, Attribute> attributes(Op op) {
        return GroupForm.of(op.getClass()).read(op).parts();
    }

    private static GroupForm form(String name) {
        return Optional.ofNullable(FORMS.get(name)).orElseThrow(() -> new TypeError("unknown operator " + name));
    }
}

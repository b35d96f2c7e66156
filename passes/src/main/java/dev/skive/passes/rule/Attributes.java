package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;

/// Attributes as rules see them. A size that is a number is a whole number, so that equal attributes are equal objects.
public final class Attributes {
    private Attributes() {}

    /// The attributes of an operator by name. One that need not be mentioned is there when it is false, and not there
    /// when it is an optional thing that is missing.
    public static ImmutableMap<String, Attribute> of(Op op) {
        var all = new LinkedHashMap<String, Attribute>();
        ImmutableMap<String, Attribute> mentioned = Operators.attributes(op);
        for (AttributeForm form : Operators.attributes(Operators.name(op))) {
            Attribute attribute = mentioned.get(form.name());
            if (attribute != null) {
                all.put(form.name(), canonical(attribute));
            } else if (form.unmentioned().filter(Boolean.FALSE::equals).isPresent()) {
                all.put(form.name(), new Attribute.Truth(false));
            }
        }
        return ImmutableMap.copyOf(all);
    }

    /// The one form of an attribute that can be written in several.
    public static Attribute canonical(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Size(Dim size) when size.isKnown() -> new Attribute.Whole(size.known());
            case Attribute.Items(ImmutableList<Attribute> items) ->
                    new Attribute.Items(
                            items.stream().map(Attributes::canonical).collect(ImmutableList.toImmutableList()));
            case Attribute.Group(String name, var parts) ->
                    new Attribute.Group(name, ImmutableMap.copyOf(Maps.transformValues(parts, Attributes::canonical)));
            default -> attribute;
        };
    }

    /// True when both mean the same; a whole number equals a real one of the same value.
    public static boolean same(Attribute a, Attribute b) {
        if (a instanceof Attribute.Items(var as) && b instanceof Attribute.Items(var bs)) {
            return as.size() == bs.size() && IntStream.range(0, as.size()).allMatch(i -> same(as.get(i), bs.get(i)));
        }
        if (isReal(a) != isReal(b)) {
            return (a instanceof Attribute.Whole(long whole)
                            && b instanceof Attribute.Real(double real)
                            && whole == real)
                    || (isReal(a) && b instanceof Attribute.Whole && same(b, a));
        }
        return a.equals(b);
    }

    private static boolean isReal(Attribute attribute) {
        return attribute instanceof Attribute.Real;
    }
}

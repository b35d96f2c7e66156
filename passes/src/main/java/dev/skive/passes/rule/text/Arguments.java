package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Bound;
import dev.skive.passes.rule.Inapplicable;

/// What a built-in function is applied to. Each method gives an argument as what the function needs, or says that it is
/// something else.
///
/// @param all the arguments in order
record Arguments(ImmutableList<Bound> all) {
    /// A value.
    Value value(int index) {
        if (all.get(index) instanceof Bound.One(Value value) && !value.isAbsent()) {
            return value;
        }
        throw wrong(index, "a value");
    }

    /// Several operands.
    ImmutableList<Value> values(int index) {
        if (all.get(index) instanceof Bound.Several(ImmutableList<Value> values)) {
            return values;
        }
        throw wrong(index, "operands");
    }

    /// The shape of a value.
    Shape shape(int index) {
        return value(index).shape();
    }

    /// The elements of a value that is a constant.
    TensorData data(int index) {
        return all.get(index) instanceof Bound.Of(Attribute.Data(TensorData data))
                ? data
                : value(index).constant().orElseThrow(() -> wrong(index, "a constant"));
    }

    /// An attribute.
    Attribute attribute(int index) {
        if (all.get(index) instanceof Bound.Of(Attribute attribute)) {
            return attribute;
        }
        throw wrong(index, "an attribute");
    }

    /// A list.
    ImmutableList<Attribute> list(int index) {
        if (attribute(index) instanceof Attribute.Items(ImmutableList<Attribute> items)) {
            return items;
        }
        throw wrong(index, "a list");
    }

    /// A list of sizes.
    ImmutableList<Dim> sizes(int index) {
        return list(index).stream().map(Numbers::size).collect(ImmutableList.toImmutableList());
    }

    /// A list of whole numbers.
    ImmutableList<Long> wholes(int index) {
        return list(index).stream().map(Numbers::whole).collect(ImmutableList.toImmutableList());
    }

    /// A list of axes or positions.
    ImmutableList<Integer> ints(int index) {
        return wholes(index).stream().map(Math::toIntExact).collect(ImmutableList.toImmutableList());
    }

    /// A size.
    Dim size(int index) {
        return Numbers.size(attribute(index));
    }

    /// A whole number.
    int whole(int index) {
        return Math.toIntExact(Numbers.whole(attribute(index)));
    }

    /// A real number.
    double real(int index) {
        return Numbers.real(attribute(index));
    }

    /// True or false.
    boolean truth(int index) {
        if (attribute(index) instanceof Attribute.Truth(boolean truth)) {
            return truth;
        }
        throw wrong(index, "a condition");
    }

    /// A word.
    String word(int index) {
        if (attribute(index) instanceof Attribute.Word(String word)) {
            return word;
        }
        throw wrong(index, "a word");
    }

    /// An element type.
    ElementType element(int index) {
        return ElementType.parse(word(index)).orElseThrow(() -> wrong(index, "an element type"));
    }

    private Inapplicable wrong(int index, String wanted) {
        return new Inapplicable(
                "argument %d must be %s, found %s".formatted(index + 1, wanted, describe(all.get(index))));
    }

    private static String describe(Bound bound) {
        return switch (bound) {
            case Bound.One(Value value) -> value.isAbsent() ? "an operand left out" : value.toString();
            case Bound.Several(var values) -> values.size() + " operands";
            case Bound.Of(Attribute attribute) -> attribute.toString();
        };
    }
}

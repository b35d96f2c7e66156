package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.rule.Bound;
import dev.skive.passes.rule.Inapplicable;
import dev.skive.passes.rule.Splat;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// Functions of values: what is known of their types, and of the elements of constants.
final class ValueFunctions {
    private static final String X = "x";

    static final ImmutableList<BuiltIn> ALL =
            ImmutableList.of(
                    BuiltIn.of("shape", Kind.LIST, "The sizes of `x`.", on -> Numbers.ofSizes(on.shape(0).dims()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of("rank", Kind.NUMBER, "How many axes `x` has.", on -> Numbers.of(on.shape(0).rank()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "size",
                                    Kind.NUMBER,
                                    "The size of `x` along an axis; a negative axis counts from the end.",
                                    on -> Numbers.of(on.shape(0).dim(on.shape(0).axis(on.whole(1)))))
                            .taking(X, Kind.VALUE)
                            .taking("axis", Kind.NUMBER),
                    BuiltIn.of(
                                    "count",
                                    Kind.NUMBER,
                                    "How many elements `x` has.",
                                    on -> Numbers.of(on.shape(0).elementCount()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "contents",
                                    Kind.LIST,
                                    "The elements of `x` as sizes, where they are known: a constant, or what a model computes sizes with.",
                                    on ->
                                            Numbers.ofSizes(
                                                    on.value(0)
                                                            .contents()
                                                            .orElseThrow(() ->
                                                                    new Inapplicable(
                                                                            "the elements are not known sizes"))))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "element",
                                    Kind.WORD,
                                    "The element type of `x`.",
                                    on -> new Attribute.Word(element(on).text()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "tensor",
                                    "True when `x` is a tensor whose rank is known.",
                                    on -> isTensor(on.value(0)))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate("real", "True when `x` has floating-point elements.", on -> element(on).isReal())
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate("integer", "True when `x` has integer elements.", on -> element(on).isInteger())
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "boolean",
                                    "True when `x` has boolean elements.",
                                    on -> element(on) == ElementType.BOOL)
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "given",
                                    "True unless the operand `x` was left out, or is named only in another alternative.",
                                    on -> !on.all().getFirst().equals(new Bound.One(Value.ABSENT)))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "constant",
                                    "True when `x` is a constant.",
                                    on -> on.value(0).constant().isPresent())
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "number",
                                    "True when `x` is a constant whose elements are all the same number.",
                                    on -> Splat.of(on.value(0)).isPresent())
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "scalar",
                                    Kind.NUMBER,
                                    "The number that all elements of the constant `x` are.",
                                    on ->
                                            new Attribute.Real(
                                                    Splat.of(on.value(0))
                                                            .orElseThrow(
                                                                    () -> new Inapplicable("the elements differ"))))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "least",
                                    Kind.NUMBER,
                                    "The smallest element of the constant `x`, NaN if one is NaN.",
                                    on -> new Attribute.Real(elements(on).min().orElseThrow()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.of(
                                    "greatest",
                                    Kind.NUMBER,
                                    "The largest element of the constant `x`, NaN if one is NaN.",
                                    on -> new Attribute.Real(elements(on).max().orElseThrow()))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "moderate",
                                    "True when the elements of the constant `x` but for zeros are so far from the limits of their"
                                            + " type that the product of two neither overflows nor loses digits.",
                                    on ->
                                            elements(on)
                                                    .map(Math::abs)
                                                    .allMatch(n -> n == 0 || isModerate(n, element(on))))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "scalable",
                                    "True when the largest element of the constant `x` without its sign is 0, or so far from the"
                                            + " limits of its type that products with something moderate are in it.",
                                    on -> isScalable(elements(on).map(Math::abs).max().orElse(0), element(on)))
                            .taking(X, Kind.VALUE),
                    BuiltIn.predicate(
                                    "broadcasts",
                                    "True when `x` broadcasts to `shape` without enlarging it.",
                                    on -> ListFunctions.broadcasts(on.shape(0).dims(), on.sizes(1)))
                            .taking(X, Kind.VALUE)
                            .taking("shape", Kind.LIST),
                    BuiltIn.of(
                                    "arity",
                                    Kind.NUMBER,
                                    "How many operands `xs...` stands for.",
                                    on -> Numbers.of(on.values(0).size()))
                            .taking("xs", Kind.OPERANDS));

    private ValueFunctions() {}

    private static boolean isTensor(Value value) {
        return value.type() instanceof TensorType;
    }

    private static ElementType element(Arguments on) {
        return on.value(0).tensor().element();
    }

    private static boolean isModerate(double number, ElementType element) {
        double limit = Math.scalb(1.0, element == ElementType.FLOAT16 ? 7 : 15);
        return number <= limit && number >= 1 / limit;
    }

    private static boolean isScalable(double number, ElementType element) {
        double limit = Math.scalb(1.0, element == ElementType.FLOAT16 ? 7 : 100);
        return number == 0 || (number <= limit && number >= 1 / limit);
    }

    private static DoubleStream elements(Arguments on) {
        TensorData data = on.data(0);
        if (data.count() == 0 || !(data.element().isReal() || data.element().isInteger())) {
            throw new Inapplicable("the constant has no numbers");
        }
        return LongStream.range(0, data.count()).mapToDouble(data::getDouble);
    }
}

package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import java.util.function.DoubleUnaryOperator;

/// Functions of numbers and sizes.
final class NumberFunctions {
    private static final String A = "a";
    private static final String B = "b";

    static final ImmutableList<BuiltIn> ALL =
            ImmutableList.of(
                    real("sqrt", "The square root.", Math::sqrt),
                    real("exp", "The exponential function.", Math::exp),
                    real("log", "The natural logarithm.", Math::log),
                    real("abs", "The number without its sign.", Math::abs),
                    BuiltIn.of("pi", Kind.NUMBER, "The number pi.", on -> new Attribute.Real(Math.PI)),
                    BuiltIn.of(
                                    "min",
                                    Kind.NUMBER,
                                    "The smaller of two sizes.",
                                    on -> Numbers.of(on.size(0).min(on.size(1))))
                            .taking(A, Kind.NUMBER)
                            .taking(B, Kind.NUMBER),
                    BuiltIn.of(
                                    "max",
                                    Kind.NUMBER,
                                    "The larger of two sizes.",
                                    on -> Numbers.of(on.size(0).max(on.size(1))))
                            .taking(A, Kind.NUMBER)
                            .taking(B, Kind.NUMBER),
                    BuiltIn.of(
                                    "floor",
                                    Kind.NUMBER,
                                    "The quotient of two sizes, rounded down.",
                                    on -> Numbers.of(on.size(0).floorDivide(on.size(1))))
                            .taking(A, Kind.NUMBER)
                            .taking(B, Kind.NUMBER),
                    BuiltIn.predicate(
                                    "multiple",
                                    "True when `a` is a multiple of `b` for certain.",
                                    on -> on.size(0).divideExactly(on.size(1)).isPresent())
                            .taking(A, Kind.NUMBER)
                            .taking(B, Kind.NUMBER),
                    BuiltIn.of(
                                    "choose",
                                    Kind.ANY,
                                    "`yes` where the condition holds, otherwise `no`.",
                                    on -> on.truth(0) ? on.attribute(1) : on.attribute(2))
                            .taking("condition", Kind.TRUTH)
                            .taking("yes", Kind.ANY)
                            .taking("no", Kind.ANY));

    private NumberFunctions() {}

    private static BuiltIn real(String name, String documentation, DoubleUnaryOperator function) {
        return BuiltIn.of(
                        name, Kind.NUMBER, documentation, on -> new Attribute.Real(function.applyAsDouble(on.real(0))))
                .taking(A, Kind.NUMBER);
    }
}

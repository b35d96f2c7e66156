package dev.skive.passes.exact;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Examples of the arithmetic rules; those of movements are in [MovementCases].
public final class ExactCases {
    private ExactCases() {}

    /// All examples of exact rules.
    public static List<RuleCase> all() {
        var all = new ArrayList<RuleCase>(arithmetic());
        all.addAll(logic());
        all.addAll(MovementCases.all());
        return all;
    }

    static RuleCase rule(String name, Function<Sample, Graph> fires, Function<Sample, Graph> skips) {
        NodeRule rule =
                SimplifyAlgebra.rules().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no rule " + name));
        return new RuleCase(rule, fires, skips);
    }

    private static List<RuleCase> arithmetic() {
        return ImmutableList.of(
                rule(
                        "drop-multiply-by-one",
                        s -> s.graph(s.addEither(new Mul(), s.input(s.shape(2)), s.number(1))),
                        s -> s.graph(s.add(new Mul(), s.input(s.shape(2)), s.number(1 + 1e-6)))),
                rule(
                        "drop-divide-by-one",
                        s -> s.graph(s.add(new Div(), s.input(3, 2), s.number(s.real(), 1, 3, 1))),
                        s -> s.graph(s.add(new Div(), s.number(1), s.input(s.shape(2))))),
                rule(
                        "drop-subtract-zero",
                        s -> s.graph(s.add(new Sub(), s.input(s.shape(2)), s.number(0))),
                        s -> s.graph(s.add(new Sub(), s.input(s.shape(2)), s.number(-0.0)))),
                rule(
                        "drop-add-negative-zero",
                        s -> s.graph(s.addEither(new Add(), s.input(s.shape(2)), s.number(-0.0))),
                        s -> s.graph(s.addEither(new Add(), s.input(s.shape(2)), s.number(0.0)))),
                rule(
                        "drop-add-integer-zero",
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.input(ElementType.INT32, s.shape(1)),
                                                s.number(ElementType.INT32, 0))),
                        s -> s.graph(s.addEither(new Add(), s.input(s.shape(2)), s.number(0.0)))),
                rule("drop-double-negation", s -> twice(s, new Neg()), s -> s.graph(s.add(new Neg(), s.input(2)))),
                rule("drop-repeated-relu", s -> twice(s, new Relu()), s -> mixed(s, new Relu(), new Neg())),
                rule("drop-repeated-abs", s -> twice(s, new Abs()), s -> mixed(s, new Abs(), new Neg())),
                rule("drop-floor-of-whole", s -> twice(s, new Floor()), s -> mixed(s, new Floor(), new Neg())),
                rule("drop-ceil-of-whole", s -> twice(s, new Ceil()), s -> mixed(s, new Ceil(), new Floor())),
                rule(
                        "drop-choice-of-itself",
                        s -> {
                            Value x = s.input(s.shape(2));
                            return s.graph(s.add(s.coin() ? new Min() : new Max(), x, x));
                        },
                        s -> s.graph(s.add(new Max(), s.input(2), s.input(2)))),
                rule(
                        "fold-constant",
                        s -> s.graph(s.add(new Add(), s.input(3), s.add(new Mul(), s.weight(3), s.weight(3)))),
                        s -> s.graph(s.add(new Add(), s.input(3), s.add(new Exp(), s.weight(3))))));
    }

    private static Graph twice(Sample s, Op op) {
        return s.graph(s.add(op, s.add(op, s.input(s.shape(2)))));
    }

    private static Graph mixed(Sample s, Op outer, Op inner) {
        return s.graph(s.add(outer, s.add(inner, s.input(s.shape(2)))));
    }

    private static Value bool(Sample s, Shape shape) {
        return s.input(ElementType.BOOL, shape);
    }

    private static List<RuleCase> logic() {
        return ImmutableList.of(
                rule(
                        "drop-double-not",
                        s -> s.graph(s.add(new Not(), s.add(new Not(), bool(s, s.shape(2))))),
                        s -> s.graph(s.add(new Not(), bool(s, s.shape(1))))),
                rule(
                        "drop-logic-with-itself",
                        s -> {
                            Value x = bool(s, s.shape(2));
                            return s.graph(s.add(s.coin() ? new And() : new Or(), x, x));
                        },
                        s -> s.graph(s.add(new And(), bool(s, Shape.of(2)), bool(s, Shape.of(2))))),
                rule(
                        "drop-and-true",
                        s -> s.graph(s.addEither(new And(), bool(s, s.shape(2)), s.number(ElementType.BOOL, 1))),
                        s -> s.graph(s.addEither(new And(), bool(s, s.shape(2)), s.number(ElementType.BOOL, 0)))),
                rule(
                        "drop-or-false",
                        s -> s.graph(s.addEither(new Or(), bool(s, s.shape(2)), s.number(ElementType.BOOL, 0))),
                        s -> s.graph(s.addEither(new Or(), bool(s, s.shape(2)), s.number(ElementType.BOOL, 1)))),
                rule(
                        "drop-decided-where",
                        ExactCases::decidedWhere,
                        s -> s.graph(s.add(new Where(), s.number(ElementType.BOOL, 1, 3, 1), s.input(2), s.input(2)))),
                rule(
                        "drop-not-under-where",
                        s ->
                                s.graph(
                                        s.add(
                                                new Where(),
                                                s.add(new Not(), bool(s, Shape.of(2))),
                                                s.input(3, 2),
                                                s.input(2))),
                        s -> {
                            Value not = s.add(new Not(), bool(s, Shape.of(2)));
                            return s.graph(s.add(new Where(), not, s.input(2), s.input(2)), not);
                        }));
    }

    private static Graph decidedWhere(Sample s) {
        Shape shape = s.shape(2);
        Value x = s.input(shape);
        Value y = s.input(shape);
        return switch (s.between(0, 2)) {
            case 0 -> s.graph(s.add(new Where(), s.number(ElementType.BOOL, 1), x, y));
            case 1 -> s.graph(s.add(new Where(), s.number(ElementType.BOOL, 0), x, y));
            default -> s.graph(s.add(new Where(), bool(s, shape), x, x));
        };
    }
}

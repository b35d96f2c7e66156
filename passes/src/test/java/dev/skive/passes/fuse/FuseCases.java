package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Examples of the rules that recognize activations, linear layers and embeddings; norms and attention have their own.
public final class FuseCases {
    private FuseCases() {}

    /// All examples of rules that recognize something.
    public static List<RuleCase> all() {
        var all = new ArrayList<RuleCase>(gelu());
        all.addAll(linear());
        all.addAll(biases());
        all.addAll(embedding());
        all.addAll(NormCases.all());
        all.addAll(AttentionCases.all());
        return all;
    }

    static RuleCase rule(String name, Function<Sample, Graph> fires, Function<Sample, Graph> skips) {
        NodeRule rule =
                Stream.of(
                                FuseActivations.rules(),
                                FuseLinears.rules(),
                                FuseEmbeddings.rules(),
                                FuseNorms.rules(),
                                FuseAttention.rules())
                        .flatMap(List::stream)
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no rule " + name));
        return new RuleCase(rule, fires, skips);
    }

    private static List<RuleCase> gelu() {
        return ImmutableList.of(
                rule(
                        "recognize-gelu-erf",
                        s -> {
                            Value x = s.input(s.shape(2));
                            return s.graph(weighted(s, x, erf(s, x)));
                        },
                        s -> {
                            Value x = s.input(s.shape(2));
                            Value curve = erf(s, x);
                            return s.graph(weighted(s, x, curve), curve);
                        }),
                rule(
                        "recognize-gelu-tanh",
                        s -> {
                            Value x = s.input(s.shape(2));
                            return s.graph(weighted(s, x, tanh(s, x)));
                        },
                        s -> {
                            Value x = s.input(s.shape(2));
                            return s.graph(weighted(s, x, s.add(new Tanh(), x)));
                        }));
    }

    private static Value half(Sample s, Value x) {
        return s.coin() ? s.addEither(new Mul(), x, s.number(0.5)) : s.add(new Div(), x, s.number(2));
    }

    private static Value weighted(Sample s, Value x, Value curve) {
        if (s.between(0, 3) == 0) {
            return s.addEither(new Mul(), x, s.addEither(new Add(), half(s, curve), s.number(0.5)));
        }
        Value raised = s.addEither(new Add(), curve, s.number(1));
        return switch (s.between(0, 2)) {
            case 0 -> s.addEither(new Mul(), half(s, x), raised);
            case 1 -> half(s, s.addEither(new Mul(), x, raised));
            default -> s.addEither(new Mul(), x, half(s, raised));
        };
    }

    private static Value erf(Sample s, Value x) {
        Value scaled =
                s.coin()
                        ? s.add(new Div(), x, s.number(Math.sqrt(2)))
                        : s.addEither(new Mul(), x, s.number(Math.sqrt(0.5)));
        return s.add(new Erf(), scaled);
    }

    private static Value tanh(Sample s, Value x) {
        Value factor = s.number(Math.sqrt(2 / Math.PI));
        Value cubic = s.number(0.044715);
        Value square = s.coin() ? s.add(new Mul(), x, x) : s.add(new Pow(), x, s.number(2));
        Value inner;
        if (s.coin()) {
            Value cube = s.coin() ? s.add(new Pow(), x, s.number(3)) : s.addEither(new Mul(), x, square);
            Value sum = s.addEither(new Add(), x, s.addEither(new Mul(), cubic, cube));
            inner = s.addEither(new Mul(), factor, sum);
        } else {
            Value scaled =
                    s.coin()
                            ? s.addEither(new Mul(), square, cubic)
                            : s.addEither(new Mul(), s.addEither(new Mul(), cubic, x), x);
            Value bracket = s.addEither(new Add(), s.number(1), scaled);
            inner =
                    s.coin()
                            ? s.addEither(new Mul(), s.addEither(new Mul(), x, factor), bracket)
                            : s.addEither(new Mul(), x, s.addEither(new Mul(), factor, bracket));
        }
        return s.add(new Tanh(), inner);
    }

    private static List<RuleCase> linear() {
        return ImmutableList.of(
                rule(
                        "recognize-linear",
                        s -> s.graph(s.add(new MatMul(), s.input(rows(s, 3)), s.weight(3, 2))),
                        s -> s.graph(s.add(new MatMul(), s.input(2, 2, 3), s.input(2, 3, 2)))),
                rule(
                        "fold-weight-transpose",
                        s -> {
                            Value w = s.add(new Transpose(ImmutableList.of(1, 0)), s.weight(2, 3));
                            Value x = s.input(rows(s, 3));
                            return s.graph(
                                    s.coin() ? s.add(new Linear(), x, w) : s.add(new Linear(), x, w, s.weight(2)));
                        },
                        s ->
                                s.graph(
                                        s.add(
                                                new Linear(),
                                                s.input(4, 3),
                                                s.add(new Transpose(ImmutableList.of(1, 0)), s.input(2, 3))))));
    }

    private static List<RuleCase> biases() {
        return ImmutableList.of(
                rule(
                        "absorb-bias",
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.add(new Linear(), s.input(rows(s, 3)), s.weight(3, 2)),
                                                bias(s))),
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.add(new Linear(), s.input(2, 3), s.weight(3, 2)),
                                                s.weight(2, 2)))),
                rule(
                        "merge-biases",
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.add(new Linear(), s.input(rows(s, 3)), s.weight(3, 2), s.weight(2)),
                                                bias(s))),
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.add(new Linear(), s.input(4, 3), s.weight(3, 2), s.weight(2)),
                                                s.input(2)))),
                rule(
                        "lift-reshape-through-linear",
                        s -> {
                            Shape shape = rows(s, 3);
                            Value flat = s.add(new Reshape(flat(shape).dims()), s.input(shape));
                            Value y = s.add(new Linear(), flat, s.weight(3, 2));
                            return s.graph(s.add(new Reshape(shape.with(-1, Dim.of(2)).dims()), y));
                        },
                        s -> {
                            Value flat = s.add(new Reshape(Shape.of(4, 3).dims()), s.input(2, 6));
                            return s.graph(
                                    s.add(
                                            new Reshape(Shape.of(2, 4).dims()),
                                            s.add(new Linear(), flat, s.weight(3, 2))));
                        }));
    }

    private static Shape rows(Sample s, long width) {
        return s.shape(2).concat(Shape.of(width));
    }

    private static Shape flat(Shape shape) {
        return Shape.of(shape.dim(0).times(shape.dim(1)), shape.last());
    }

    private static Value bias(Sample s) {
        return switch (s.between(0, 2)) {
            case 0 -> s.weight(2);
            case 1 -> s.weight(1, 1, 2);
            default -> s.number(0.25);
        };
    }

    private static List<RuleCase> embedding() {
        return ImmutableList.of(
                rule(
                        "lift-reshape-to-ids",
                        s -> {
                            Value rows = s.add(new Gather(0), s.weight(3, 2), s.input(ElementType.INT64, Shape.of(4)));
                            return s.graph(s.add(new Reshape(Shape.of(2, 2, 2).dims()), rows));
                        },
                        s -> {
                            Value rows = s.add(new Gather(0), s.weight(3, 2), s.input(ElementType.INT64, Shape.of(4)));
                            return s.graph(s.add(new Reshape(Shape.of(2, 4).dims()), rows));
                        }),
                rule(
                        "sum-embeddings",
                        s -> s.graph(s.add(new Add(), lookup(s, Shape.of(2, 3)), lookup(s, Shape.of(1, 3)))),
                        s -> s.graph(s.add(new Add(), lookup(s, Shape.of(2, 3)), s.input(2, 3, 2)))),
                rule(
                        "extend-embedding-sum",
                        s -> {
                            Value sum =
                                    s.add(
                                            new EmbeddingSum(),
                                            s.weight(3, 2),
                                            s.input(ElementType.INT64, Shape.of(2, 3)),
                                            s.weight(4, 2),
                                            s.ids(4, 1, 3));
                            return s.graph(s.addEither(new Add(), sum, lookup(s, Shape.of(2, 3))));
                        },
                        s -> {
                            Value sum =
                                    s.add(
                                            new EmbeddingSum(),
                                            s.weight(3, 2),
                                            s.input(ElementType.INT64, Shape.of(2, 3)));
                            Value rows = lookup(s, Shape.of(2, 3));
                            return s.graph(s.add(new Add(), sum, rows), rows);
                        }));
    }

    private static Value lookup(Sample s, Shape ids) {
        return s.add(new Gather(0), s.weight(3, 2), s.input(ElementType.INT64, ids));
    }
}

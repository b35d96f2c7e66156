package dev.skive.passes.fuse;

import static dev.skive.passes.fuse.FuseCases.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Reciprocal;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import java.util.List;

/// Examples of the rules that recognize norms.
final class NormCases {
    private static final double EPSILON = 1e-5;
    private static final ReduceMean OVER_LAST = new ReduceMean(ImmutableList.of(2), true);
    private static final ReduceMean OVER_FIRST = new ReduceMean(ImmutableList.of(0), true);

    private NormCases() {}

    static List<RuleCase> all() {
        return ImmutableList.of(
                rule(
                        "recognize-layer-norm",
                        s -> {
                            Value x = input(s);
                            Value centred = s.add(new Sub(), x, s.add(OVER_LAST, x));
                            return s.graph(divided(s, centred, OVER_LAST));
                        },
                        s -> {
                            Value x = input(s);
                            Value centred = s.add(new Sub(), x, s.add(OVER_FIRST, x));
                            return s.graph(divided(s, centred, OVER_FIRST));
                        }),
                rule(
                        "recognize-rms-norm",
                        s -> s.graph(divided(s, input(s), OVER_LAST)),
                        s -> s.graph(divided(s, input(s), OVER_FIRST))),
                rule("recognize-layer-norm-of-moments", NormCases::ofMoments, NormCases::ofOtherMoments),
                rule(
                        "absorb-norm-scale",
                        s -> s.graph(s.addEither(new Mul(), bare(s, 1), factor(s))),
                        s -> s.graph(s.addEither(new Mul(), bare(s, 2), factor(s)))),
                rule(
                        "absorb-norm-bias",
                        s -> s.graph(s.addEither(new Add(), bare(s, 2), factor(s))),
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Add(),
                                                s.add(new LayerNorm(2, EPSILON), s.input(2, 4, 3), s.weight(3)),
                                                s.input(2, 1, 3)))),
                rule(
                        "absorb-rms-norm-scale",
                        s ->
                                s.graph(
                                        s.addEither(
                                                new Mul(),
                                                s.add(new RmsNorm(2, EPSILON), input(s), s.number(s.real(), 1, 3)),
                                                factor(s))),
                        s -> {
                            Value norm = s.add(new RmsNorm(2, EPSILON), input(s), s.number(1));
                            return s.graph(s.addEither(new Mul(), norm, factor(s)), norm);
                        }));
    }

    private static Value input(Sample s) {
        return s.input(s.shape(2).concat(Shape.of(3)));
    }

    private static Value factor(Sample s) {
        return s.coin() ? s.weight(3) : s.coin() ? s.weight(1, 1, 3) : s.input(3);
    }

    private static Value bare(Sample s, double scale) {
        return s.add(new LayerNorm(2, EPSILON), input(s), s.number(s.real(), scale, 3));
    }

    private static Value square(Sample s, Value d) {
        return s.coin() ? s.add(new Mul(), d, d) : s.add(new Pow(), d, s.number(2));
    }

    private static Value divided(Sample s, Value d, ReduceMean mean) {
        Value shifted = s.addEither(new Add(), s.add(mean, square(s, d)), s.number(EPSILON));
        if (s.between(0, 3) == 0) {
            return s.addEither(new Mul(), d, s.add(new Pow(), shifted, s.number(-0.5)));
        }
        Value deviation = s.coin() ? s.add(new Sqrt(), shifted) : s.add(new Pow(), shifted, s.number(0.5));
        return switch (s.between(0, 2)) {
            case 0 -> s.add(new Div(), d, deviation);
            case 1 -> s.addEither(new Mul(), d, s.add(new Reciprocal(), deviation));
            default -> s.addEither(new Mul(), d, s.add(new Div(), s.number(1), deviation));
        };
    }

    private static Graph ofMoments(Sample s) {
        return moments(s, OVER_LAST, factor(s));
    }

    private static Graph ofOtherMoments(Sample s) {
        return moments(s, s.coin() ? OVER_FIRST : OVER_LAST, s.input(2, 1, 3));
    }

    private static Graph moments(Sample s, ReduceMean op, Value scale) {
        Value x = s.input(2, 4, 3);
        Value mean = s.add(op, x);
        Value difference = s.coin() ? s.add(new Sub(), x, mean) : s.add(new Sub(), mean, x);
        Value shifted = s.addEither(new Add(), s.add(op, square(s, difference)), s.number(EPSILON));
        Value factor = s.addEither(new Mul(), s.add(new Reciprocal(), s.add(new Sqrt(), shifted)), scale);
        Value rest = s.add(new Sub(), factor(s), s.addEither(new Mul(), mean, factor));
        return s.graph(s.addEither(new Add(), s.addEither(new Mul(), x, factor), rest));
    }
}

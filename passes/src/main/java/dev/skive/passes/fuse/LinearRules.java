package dev.skive.passes.fuse;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.constant;
import static dev.skive.passes.rule.Pattern.missing;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.Match;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Rule;
import dev.skive.passes.rule.Splat;
import dev.skive.passes.weight.WeightMovement;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Products with a matrix on the right, and what joins them.
final class LinearRules {
    private static final Pattern MAYBE_BIAS = oneOf(missing(), any("bias"));

    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.reassociating(
                                    "recognize-linear",
                                    op(MatMul.class, any("x"), any("w")),
                                    (match, emitter) -> linear(match, emitter, emitter.map(match.value("w"))),
                                    Condition.rank("w", 2),
                                    Condition.real("x"))
                            .lowering(CostClaim.GENERAL_OPERATORS),
                    Rule.reassociating(
                                    "fold-weight-transpose",
                                    op(
                                            Linear.class,
                                            any("x"),
                                            op(Transpose.class, constant("w")).as("move"),
                                            MAYBE_BIAS),
                                    (match, emitter) -> linear(match, emitter, emitter.constant(transposed(match))),
                                    new Condition(
                                            "elements take whole bytes",
                                            match -> WeightMovement.moves(match.constant("w").element())))
                            .lowering(CostClaim.DEPTH),
                    Rule.reassociating(
                            "absorb-bias",
                            op(Add.class, owned(Linear.class, any("x"), any("w"), missing()), any("b")),
                            (match, emitter) ->
                                    emitter.add(
                                            new Linear(),
                                            emitter.map(match.value("x")),
                                            emitter.map(match.value("w")),
                                            row(match, emitter)),
                            new Condition("the summand is one row", LinearRules::isRow)),
                    Rule.reassociating(
                            "merge-biases",
                            op(Add.class, owned(Linear.class, any("x"), any("w"), constant("bias")), constant("b")),
                            (match, emitter) ->
                                    emitter.add(
                                            new Linear(),
                                            emitter.map(match.value("x")),
                                            emitter.map(match.value("w")),
                                            emitter.constant(summed(match))),
                            new Condition("the summand is one row", LinearRules::isRow)),
                    Rule.exact(
                            "lift-reshape-through-linear",
                            op(
                                            Reshape.class,
                                            owned(
                                                    Linear.class,
                                                    op(Reshape.class, any("x")).as("flat"),
                                                    any("w"),
                                                    MAYBE_BIAS))
                                    .as("result"),
                            (match, emitter) -> linear(match, emitter, emitter.map(match.value("w"))),
                            new Condition("only leading axes are reshaped", LinearRules::reshapesLeadingAxes)));

    private LinearRules() {}

    private static Value linear(Match match, Emitter emitter, Value weight) {
        Value x = emitter.map(match.value("x"));
        return match.has("bias")
                ? emitter.add(new Linear(), x, weight, emitter.map(match.value("bias")))
                : emitter.add(new Linear(), x, weight);
    }

    private static TensorData transposed(Match match) {
        return WeightMovement.transpose(match.constant("w"), match.op("move", Transpose.class).perm());
    }

    private static boolean isRow(Match match) {
        Shape shape = match.shape("b");
        Dim width = match.shape("w").last();
        boolean leadingOnes = IntStream.range(0, shape.rank() - 1).allMatch(axis -> shape.dim(axis).is(1));
        boolean isWide = shape.rank() > 0 && shape.last().equals(width);
        return (leadingOnes && isWide) || isOneNumber(match);
    }

    private static boolean isOneNumber(Match match) {
        return match.shape("b").elementCount().is(1)
                && match.value("b").constant().isPresent()
                && match.shape("w").last().isKnown();
    }

    /// The summand as one row as wide as the result.
    private static Value row(Match match, Emitter emitter) {
        Value b = match.value("b");
        Dim width = match.shape("w").last();
        if (!isOneNumber(match) || width.is(1)) {
            return Axes.dropLeading(emitter, b, 1);
        }
        var values = new double[Math.toIntExact(width.known())];
        Arrays.fill(values, Splat.of(b).orElseThrow());
        return emitter.constant(TensorData.ofReals(b.tensor().element(), values, values.length));
    }

    private static TensorData summed(Match match) {
        TensorData bias = match.constant("bias");
        TensorData more = match.constant("b");
        double[] sums = bias.doubles();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more.getDouble(more.count() == 1 ? 0 : i);
        }
        return TensorData.ofReals(bias.element(), sums, bias.sizes());
    }

    private static boolean reshapesLeadingAxes(Match match) {
        Shape x = match.shape("x");
        return x.rank() > 0
                && x.last().equals(match.shape("flat").last())
                && match.shape("result").equals(x.with(-1, match.shape("w").last()));
    }
}

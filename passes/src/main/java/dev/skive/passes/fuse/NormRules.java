package dev.skive.passes.fuse;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.exactly;
import static dev.skive.passes.rule.Pattern.missing;
import static dev.skive.passes.rule.Pattern.number;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
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
import dev.skive.ir.type.TensorType;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.Match;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Rule;
import java.util.Arrays;

/// Normalizations. First the bare one is recognized, with a scale of ones; then a factor and a summand of the right
/// shape become its scale and bias. TensorFlow's form has both inside and is recognized at once.
final class NormRules {
    private static final Condition MEAN_OVER_LAST =
            new Condition(
                    "both means are over the same last axes",
                    match ->
                            overLast(match, "variance")
                                    && match.value("mean").node().op().equals(match.value("variance").node().op()));
    private static final Condition SCALE_FITS =
            new Condition("the factor fits the normalized axes", match -> fits(match, "scale", normalized(match)));
    private static final Condition BIAS_FITS =
            new Condition("the summand fits the normalized axes", match -> fits(match, "bias", normalized(match)));

    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.reassociating(
                            "recognize-layer-norm", divided(centred()), NormRules::bareLayerNorm, MEAN_OVER_LAST),
                    Rule.reassociating(
                            "recognize-rms-norm",
                            divided(any("d")),
                            (match, emitter) -> {
                                Value d = emitter.map(match.value("d"));
                                return emitter.add(
                                        new RmsNorm(axis(match), match.number("epsilon")),
                                        d,
                                        ones(match, "d", emitter));
                            },
                            new Condition("the mean is over the last axes", match -> overLast(match, "variance"))),
                    Rule.reassociating(
                            "recognize-layer-norm-of-moments",
                            ofMoments(),
                            (match, emitter) ->
                                    emitter.add(
                                            new LayerNorm(axis(match), match.number("epsilon")),
                                            emitter.map(match.value("x")),
                                            factor(match, "scale", emitter, shapeFrom(match, "x", axis(match))),
                                            factor(match, "bias", emitter, shapeFrom(match, "x", axis(match)))),
                            MEAN_OVER_LAST,
                            new Condition(
                                    "scale and bias fit the normalized axes",
                                    match ->
                                            fits(match, "scale", shapeFrom(match, "x", axis(match)))
                                                    && fits(match, "bias", shapeFrom(match, "x", axis(match))))),
                    Rule.reassociating(
                            "absorb-norm-scale",
                            op(
                                    Mul.class,
                                    owned(LayerNorm.class, any("x"), exactly(1), missing()).as("norm"),
                                    any("scale")),
                            (match, emitter) ->
                                    emitter.add(
                                            match.value("norm").node().op(),
                                            emitter.map(match.value("x")),
                                            factor(match, "scale", emitter, normalized(match))),
                            SCALE_FITS),
                    Rule.reassociating(
                            "absorb-rms-norm-scale",
                            op(Mul.class, owned(RmsNorm.class, any("x"), exactly(1)).as("norm"), any("scale")),
                            (match, emitter) ->
                                    emitter.add(
                                            match.value("norm").node().op(),
                                            emitter.map(match.value("x")),
                                            factor(match, "scale", emitter, normalized(match))),
                            SCALE_FITS),
                    Rule.reassociating(
                            "absorb-norm-bias",
                            op(
                                    Add.class,
                                    owned(LayerNorm.class, any("x"), any("scale"), missing()).as("norm"),
                                    any("bias")),
                            (match, emitter) ->
                                    emitter.add(
                                            match.value("norm").node().op(),
                                            emitter.map(match.value("x")),
                                            emitter.map(match.value("scale")),
                                            factor(match, "bias", emitter, normalized(match))),
                            BIAS_FITS));

    private NormRules() {}

    private static Pattern centred() {
        return op(Sub.class, any("x"), op(ReduceMean.class, any("x")).as("mean")).as("d");
    }

    /// `mean(d^2) + epsilon`.
    private static Pattern variance() {
        Pattern square = oneOf(op(Pow.class, any("d"), number(2)), op(Mul.class, any("d"), any("d")));
        return owned(Add.class, owned(ReduceMean.class, square).as("variance"), number("epsilon"));
    }

    /// `1 / sqrt(mean(d^2) + epsilon)`.
    private static Pattern inverse() {
        return oneOf(
                owned(Reciprocal.class, deviation()),
                owned(Div.class, number(1), deviation()),
                owned(Pow.class, variance(), number(-0.5)));
    }

    private static Pattern deviation() {
        return oneOf(owned(Sqrt.class, variance()), owned(Pow.class, variance(), number(0.5)));
    }

    /// `d / sqrt(mean(d^2) + epsilon)`.
    private static Pattern divided(Pattern d) {
        return oneOf(op(Div.class, d, deviation()), op(Mul.class, d, inverse()));
    }

    /// `x * inv + (bias - mean * inv)` with `inv = scale / deviation`, as TensorFlow writes.
    private static Pattern ofMoments() {
        Pattern mean = op(ReduceMean.class, any("x")).as("mean");
        Pattern difference = oneOf(op(Sub.class, any("x"), mean), op(Sub.class, mean, any("x")));
        Pattern square = oneOf(op(Mul.class, named(difference), any("d")), op(Pow.class, named(difference), number(2)));
        Pattern shifted = owned(Add.class, owned(ReduceMean.class, square).as("variance"), number("epsilon"));
        Pattern root = owned(Sqrt.class, shifted);
        Pattern inverse = oneOf(owned(Reciprocal.class, root), owned(Div.class, number(1), root));
        Pattern factor = owned(Mul.class, inverse, any("scale")).as("factor");
        return op(
                Add.class,
                owned(Mul.class, any("x"), factor),
                owned(Sub.class, any("bias"), owned(Mul.class, any("mean"), any("factor"))));
    }

    private static Pattern named(Pattern difference) {
        var choice = (Pattern.Choice) difference;
        return oneOf(
                choice.alternatives().stream()
                        .map(form -> ((Pattern.Application) form).as("d"))
                        .toArray(Pattern[]::new));
    }

    private static Value bareLayerNorm(Match match, Emitter emitter) {
        var norm = new LayerNorm(axis(match), match.number("epsilon"));
        return emitter.add(norm, emitter.map(match.value("x")), ones(match, "x", emitter));
    }

    private static boolean overLast(Match match, String mean) {
        ReduceMean op = match.op(mean, ReduceMean.class);
        int rank = match.value(mean).shape().rank();
        ImmutableList<Integer> axes = op.axes();
        boolean last =
                !axes.isEmpty() && axes.getLast() == rank - 1 && axes.getLast() - axes.getFirst() == axes.size() - 1;
        return op.keepDims() && last;
    }

    private static int axis(Match match) {
        return match.op("variance", ReduceMean.class).axes().getFirst();
    }

    private static Shape shapeFrom(Match match, String name, int axis) {
        Shape shape = match.shape(name);
        return shape.slice(axis, shape.rank());
    }

    /// The normalized axes of the norm that was recognized before.
    private static Shape normalized(Match match) {
        int axis =
                switch (match.value("norm").node().op()) {
                    case LayerNorm norm -> norm.axis();
                    case RmsNorm norm -> norm.axis();
                    default -> throw new AssertionError(match.value("norm"));
                };
        return shapeFrom(match, "x", axis);
    }

    private static Value ones(Match match, String name, Emitter emitter) {
        TensorType type = match.value(name).tensor();
        Shape shape = shapeFrom(match, name, axis(match));
        long[] sizes = shape.isKnown() ? shape.known() : new long[0];
        var values = new double[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
        Arrays.fill(values, 1);
        return emitter.constant(TensorData.ofReals(type.element(), values, sizes));
    }

    private static boolean fits(Match match, String name, Shape normalized) {
        Shape shape = match.shape(name);
        int extra = Math.max(0, shape.rank() - normalized.rank());
        return shape.slice(0, extra).dims().stream().allMatch(dim -> dim.is(1))
                && shape.slice(extra, shape.rank()).broadcastsTo(normalized);
    }

    /// The value without leading axes of size 1 that the normalized axes do not have.
    private static Value factor(Match match, String name, Emitter emitter, Shape normalized) {
        return Axes.dropLeading(emitter, match.value(name), normalized.rank());
    }
}

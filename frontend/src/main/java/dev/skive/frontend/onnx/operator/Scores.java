package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Sqrt;

/// What `post_transform` makes of the scores `[n, targets]` of a model.
///
/// @param node the node
/// @param transform how
record Scores(NodeContext node, Transform transform) {
    private static final ImmutableList<Integer> TARGETS = ImmutableList.of(1);

    /// The transforms, in the order in which `TreeEnsemble` numbers them.
    enum Transform {
        NONE,
        SOFTMAX,
        LOGISTIC,
        SOFTMAX_ZERO,
        PROBIT
    }

    /// What to do with the score of the second of two classes to get that of the first.
    enum Other {
        /// Both add up to 1, and nothing is transformed.
        COMPLEMENT,
        /// The same with the other sign, before a logistic function when that is the transform.
        NEGATIVE
    }

    /// By the attribute of a node.
    static Scores of(NodeContext node) {
        String name = node.attributes().text("post_transform", "NONE");
        for (Transform transform : Transform.values()) {
            if (transform.name().equals(name)) {
                return new Scores(node, transform);
            }
        }
        throw node.failure("post_transform '%s' is not known", name);
    }

    /// The scores of any number of targets; of a single one only `PROBIT` makes something else, as in ORT.
    Value apply(Term scores) {
        return scores.value().shape().last().is(1) ? single(scores) : several(scores);
    }

    private Value single(Term score) {
        return (transform == Transform.PROBIT ? probit(score) : score).value();
    }

    private Value several(Term scores) {
        return (switch (transform) {
                    case NONE -> scores;
                    case SOFTMAX -> scores.with(new Softmax(1));
                    case LOGISTIC -> scores.with(new Sigmoid());
                    case SOFTMAX_ZERO -> softmaxOfOthers(scores);
                    case PROBIT -> probit(scores);
                })
                .value();
    }

    /// The scores of two classes from that of the second.
    Value pair(Term score, Other other) {
        boolean isLogistic = transform == Transform.LOGISTIC;
        Term negative = score.number(0).minus(score);
        Term first = other == Other.COMPLEMENT ? score.number(1).minus(score) : negative;
        Term second = score;
        if (transform == Transform.PROBIT) {
            second = probit(score);
            first = second.number(0).minus(second);
        } else if (isLogistic) {
            first = negative.with(new Sigmoid());
            second = score.with(new Sigmoid());
        }
        return new Layout(node).concat(1, first.value(), second.value());
    }

    /// The softmax in which scores near 0 have no share; they are scaled like the others.
    private static Term softmaxOfOthers(Term scores) {
        Term most = scores.with(new ReduceMax(TARGETS, true));
        Term power = scores.minus(most).exp();
        Term small = scores.times(scores.number(0).minus(1).times(most).exp());
        Term isOther = scores.number(1e-7f).isLess(scores.abs());
        Term sum = isOther.choose(power, power.number(0)).with(new ReduceSum(TARGETS, true));
        return isOther.choose(power, small).over(sum);
    }

    /// The inverse of the normal distribution function by Winitzki's formula for that of the error function:
    /// `sqrt(2) sign(y) sqrt(sqrt(v^2 - w) - v)` with `y = 2x - 1`, `l = log(1 - y^2)`, `v = 2 / (0.147 pi) + l / 2` and
    /// `w = l / 0.147`.
    private static Term probit(Term x) {
        Term y = x.times(2).minus(1);
        Term one = y.number(1);
        Term log = one.minus(y).times(one.plus(y)).log();
        Term v = log.times(0.5).plus(2 / (3.14159f * 0.147f));
        Term root = v.times(v).minus(log.times(1 / 0.147f)).with(new Sqrt()).minus(v).with(new Sqrt());
        return y.isLess(0).choose(y.number(-1), y.number(1)).times(root).times(1.4142135f);
    }
}

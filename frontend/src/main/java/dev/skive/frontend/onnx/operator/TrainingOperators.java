package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Sqrt;
import java.util.ArrayList;
import java.util.List;

/// Optimizers of `ai.onnx.preview.training`: one step for several tensors. Operands are the rate, the number of the step,
/// all tensors, all gradients, then one or two states of each; results are the tensors and the states after the step.
final class TrainingOperators {
    private static final String DOMAIN = "ai.onnx.preview.training.";
    private static final int RATE = 0;
    private static final int STEP = 1;
    private static final int FIRST = 2;

    private TrainingOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.of(
                DOMAIN + "Adagrad", node -> each(node, 3, TrainingOperators::adagrad),
                DOMAIN + "Adam", node -> each(node, 4, TrainingOperators::adam),
                DOMAIN + "Momentum", node -> each(node, 3, TrainingOperators::momentum));
    }

    /// What a step makes of one tensor.
    private interface Optimizer {
        /// The tensor and its states after the step.
        ///
        /// @param x the tensor, its gradient, its states
        List<Term> step(NodeContext node, List<Term> x);
    }

    /// @param kinds how many operands each tensor has
    private static ImmutableList<Value> each(NodeContext node, int kinds, Optimizer optimizer) {
        int operands = node.operands().size() - FIRST;
        int count = operands / kinds;
        if (operands % kinds != 0 || count == 0) {
            throw node.failure("%s operands for each tensor, but %s in all", kinds, operands);
        }
        List<List<Value>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var x = new ArrayList<Term>();
            for (int kind = 0; kind < kinds; kind++) {
                x.add(Term.operand(node, FIRST + kind * count + i));
            }
            results.add(optimizer.step(node, x).stream().map(Term::value).toList());
        }
        var ordered = ImmutableList.<Value>builder();
        for (int kind = 0; kind + 1 < kinds; kind++) {
            for (List<Value> one : results) {
                ordered.add(one.get(kind));
            }
        }
        return ordered.build();
    }

    private static Term rate(NodeContext node, Term x) {
        return new Term(node, new Positions(node).scalar(node.operand(RATE))).as(x.element());
    }

    private static Term step(NodeContext node, Term x) {
        return new Term(node, new Positions(node).scalar(node.operand(STEP))).as(x.element());
    }

    /// The gradient with that of the squared norm.
    private static Term regularized(NodeContext node, List<Term> x) {
        return x.get(1).plus(x.get(0).times(node.attributes().real("norm_coefficient", 0)));
    }

    /// `h' = h + g^2`, `x' = x - r / (1 + decay step) g / (sqrt(h') + epsilon)`.
    private static List<Term> adagrad(NodeContext node, List<Term> x) {
        float decay = node.attributes().real("decay_factor", 0);
        Term g = regularized(node, x);
        Term squares = x.get(2).plus(g.times(g));
        Term rate = rate(node, g).over(step(node, g).times(decay).plus(1));
        Term divisor = squares.with(new Sqrt()).plus(node.attributes().real("epsilon", 0));
        return List.of(x.getFirst().minus(rate.times(g).over(divisor)), squares);
    }

    /// `v' = alpha v + (1 - alpha) g`, `h' = beta h + (1 - beta) g^2`, `x' = x - r' v' / (sqrt(h') + epsilon)`, where `r'` takes
    /// into account that the states began with 0.
    private static List<Term> adam(NodeContext node, List<Term> x) {
        float alpha = node.attributes().real("alpha", 0.9f);
        float beta = node.attributes().real("beta", 0.999f);
        Term g = regularized(node, x);
        Term mean = x.get(2).times(alpha).plus(g.times(1 - (double) alpha));
        Term squares = x.get(3).times(beta).plus(g.times(g).times(1 - (double) beta));
        Term begun = unbiased(node, g, beta).with(new Sqrt()).over(unbiased(node, g, alpha));
        Term first = step(node, g).isMore(0);
        Term rate = rate(node, g).times(first.choose(begun, begun.number(1)));
        Term divisor = squares.with(new Sqrt()).plus(node.attributes().real("epsilon", 0));
        Term next = x.getFirst().minus(rate.times(mean).over(divisor));
        return List.of(next.times(1 - (double) node.attributes().real("norm_coefficient_post", 0)), mean, squares);
    }

    /// `1 - factor^step`.
    private static Term unbiased(NodeContext node, Term like, float factor) {
        Value power = node.add(new Pow(), like.number(factor).value(), step(node, like).value());
        return new Term(node, power).times(-1).plus(1);
    }

    /// `v' = alpha v + b g`, where `b` is `beta`, but 1 in the first step; then `x' = x - r v'`, or with the gradient that
    /// Nesterov's method expects `x' = x - r (g + alpha v')`.
    private static List<Term> momentum(NodeContext node, List<Term> x) {
        String mode = node.attributes().text("mode", "standard");
        if (!mode.equals("standard") && !mode.equals("nesterov")) {
            throw node.failure("attribute 'mode' is '%s'", mode);
        }
        float alpha = node.attributes().real("alpha", 0);
        Term g = regularized(node, x);
        Term later = step(node, g).isMore(0);
        Term beta = later.choose(g.number(node.attributes().real("beta", 1)), g.number(1));
        Term added = new Term(node, node.add(new Mul(), beta.value(), g.value()));
        Term moved = x.get(2).times(alpha).plus(added);
        Term direction = mode.equals("nesterov") ? g.plus(moved.times(alpha)) : moved;
        return List.of(x.getFirst().minus(rate(node, g).times(direction)), moved);
    }
}

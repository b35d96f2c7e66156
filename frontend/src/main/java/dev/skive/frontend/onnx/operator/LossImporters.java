package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Shape;
import java.util.Optional;
import java.util.stream.IntStream;

/// Losses of classifiers whose classes are axis 1.
final class LossImporters {
    private LossImporters() {}

    /// `NegativeLogLikelihoodLoss` of log probabilities.
    static Value negativeLogLikelihood(NodeContext node) {
        return loss(node, node.operand(0));
    }

    /// `SoftmaxCrossEntropyLoss`, and the log probabilities of its scores.
    static ImmutableList<Value> softmaxCrossEntropy(NodeContext node) {
        Value logarithms = SoftmaxImporter.logSoftmax(node, node.operand(0), 1);
        return ImmutableList.of(loss(node, logarithms), logarithms);
    }

    /// `-weight[t] * x[n, t, ...]` with class `t` of sample `n`; the mean is that by weight. Ignored samples have weight 0.
    private static Value loss(NodeContext node, Value logarithms) {
        Shape shape = logarithms.shape();
        Shape samples = node.shape(1);
        if (shape.rank() < 2 || samples.rank() != shape.rank() - 1) {
            throw node.failure("classes %s do not fit scores %s", node.operand(1).type(), node.operand(0).type());
        }
        Optional<Long> ignored = node.attributes().integer("ignore_index");
        Term target = Term.operand(node, 1);
        Optional<Term> isIgnored = ignored.map(index -> target.isEqual((double) index));
        Value known = isIgnored.map(ignore -> ignore.choose(target.number(0), target)).orElse(target).value();
        Shape column = samples.slice(0, 1).concat(Shape.of(1)).concat(samples.slice(1, samples.rank()));
        Value picked = node.add(new GatherElements(1), logarithms, node.add(new Reshape(column.dims()), known));
        Term each = new Term(node, node.add(new Reshape(samples.dims()), picked)).with(new Neg());
        Optional<Term> weights = weights(node, each, known, isIgnored);
        Term weighed = node.has(2) ? each.times(weights.orElseThrow()) : each;
        Term losses = isIgnored.map(ignore -> ignore.choose(each.number(0), weighed)).orElse(weighed);
        return reduced(node, losses, weights);
    }

    /// The weight of every sample, when they differ.
    private static Optional<Term> weights(NodeContext node, Term each, Value known, Optional<Term> isIgnored) {
        if (!node.has(2) && isIgnored.isEmpty()) {
            return Optional.empty();
        }
        Term weight = node.has(2) ? new Term(node, node.add(new Gather(0), node.operand(2), known)) : each.number(1);
        return Optional.of(isIgnored.map(ignore -> ignore.choose(each.number(0), weight)).orElse(weight));
    }

    private static Value reduced(NodeContext node, Term losses, Optional<Term> weights) {
        ImmutableList<Integer> axes =
                IntStream.range(0, losses.value().shape().rank()).boxed().collect(ImmutableList.toImmutableList());
        String reduction = node.attributes().text("reduction", "mean");
        var sum = new ReduceSum(axes, false);
        return switch (reduction) {
            case "none" -> losses.value();
            case "sum" -> losses.with(sum).value();
            case "mean" ->
                    weights.isPresent()
                            ? node.add(new Div(), losses.with(sum).value(), weights.get().with(sum).value())
                            : losses.with(new ReduceMean(axes, false)).value();
            default -> throw node.failure("attribute 'reduction' is '%s'", reduction);
        };
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reciprocal;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// `BatchNormalization`: `x * s + (b - mean * s)` with `s = 1 / sqrt(variance + epsilon) * scale`, computed in the widest type
/// of the operands and rounded where ORT rounds. In training mode (opset 14 and later) mean and variance are those of the operand, and the running ones
/// move towards them.
record BatchNormalizationImporter() implements NodeImporter {
    /// First opset with `training_mode`.
    private static final int TRAINING = 14;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        boolean training = node.opset() >= TRAINING && node.attributes().flag("training_mode", false);
        boolean perElement = node.opset() < 9 && !node.attributes().flag("spatial", true);
        float momentum = node.attributes().real("momentum", 0.9f);
        if (!training && node.resultCount() > 1) {
            throw node.failure("BatchNormalization gives %s results, which only training has", node.resultCount());
        }
        ElementType wide = widest(node);
        Term x = Term.operand(node, 0).as(wide);
        if (!training) {
            Term mean = factor(node, 3, wide, perElement);
            Term variance = factor(node, 4, wide, perElement);
            return ImmutableList.of(normalized(node, x, mean, variance, perElement).as(node.element(0)).value());
        }
        Term mean = x.with(new ReduceMean(others(x), true));
        Term centred = x.minus(mean);
        Term variance = centred.times(centred).with(new ReduceMean(others(x), true));
        Term y = normalized(node, x, mean, variance, false).as(node.element(0));
        return ImmutableList.of(y.value(), running(node, 3, mean, momentum), running(node, 4, variance, momentum));
    }

    private static Value running(NodeContext node, int operand, Term current, float momentum) {
        Term flat = new Term(node, node.add(new Reshape(node.shape(operand).dims()), current.value()));
        Term before = Term.operand(node, operand).as(flat.element());
        Term next = before.times(momentum).plus(flat.times(1 - momentum));
        return next.as(node.element(operand)).value();
    }

    private static ElementType widest(NodeContext node) {
        ElementType widest = node.element(0);
        for (int i = 1; i < node.operands().size(); i++) {
            widest = node.element(i).bits() > widest.bits() ? node.element(i) : widest;
        }
        return widest;
    }

    /// Every axis but that of the channels.
    private static ImmutableList<Integer> others(Term x) {
        return IntStream.range(0, x.value().shape().rank())
                .filter(axis -> axis != 1)
                .boxed()
                .collect(ImmutableList.toImmutableList());
    }

    private static Term normalized(NodeContext node, Term x, Term mean, Term variance, boolean perElement) {
        float epsilon = node.attributes().real("epsilon", 1e-5f);
        Term inverse = variance.plus(epsilon).with(new Sqrt()).with(new Reciprocal());
        Term scale = inverse.times(factor(node, 1, x.element(), perElement));
        Term shift = factor(node, 2, x.element(), perElement).minus(mean.times(scale));
        return x.times(scale).plus(shift);
    }

    /// An operand with one element per channel, laid along axis 1.
    private static Term factor(NodeContext node, int operand, ElementType element, boolean perElement) {
        Term factor = Term.operand(node, operand).as(element);
        if (perElement) {
            return factor;
        }
        Shape shape = node.shape(operand);
        if (shape.rank() != 1) {
            throw node.failure("operand %s must have one element per channel, found %s", operand, shape);
        }
        List<Dim> dims = channel(shape.dim(0), node.shape(0).rank());
        return new Term(node, node.add(new Reshape(ImmutableList.copyOf(dims)), factor.value()));
    }

    /// A size at axis 1, counted from the back so that it broadcasts.
    static List<Dim> channel(Dim size, int rank) {
        return ImmutableList.<Dim>builder()
                .add(size)
                .addAll(Collections.nCopies(Math.max(0, rank - 2), Dim.ONE))
                .build();
    }
}

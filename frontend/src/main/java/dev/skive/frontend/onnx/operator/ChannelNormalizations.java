package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.stream.IntStream;

/// Normalizations of images over positions or channels, in their parts.
final class ChannelNormalizations {
    /// Since this opset `GroupNormalization` scales channels, before groups.
    private static final int SCALED_CHANNELS = 21;

    private ChannelNormalizations() {}

    /// `InstanceNormalization`: every channel of every instance by itself.
    static Value instance(NodeContext node) {
        Term x = Term.operand(node, 0);
        int rank = node.shape(0).rank();
        var axes = IntStream.range(2, rank).boxed().collect(ImmutableList.toImmutableList());
        Term normal = normalized(x, axes, node.attributes().real("epsilon", 1e-5f));
        return scaled(normal, perChannel(node, 1, rank), perChannel(node, 2, rank)).value();
    }

    /// `GroupNormalization`: every group of channels of every instance by itself.
    static Value group(NodeContext node) {
        Shape shape = node.shape(0);
        long groups =
                node.attributes()
                        .integer("num_groups")
                        .orElseThrow(() -> node.failure("attribute 'num_groups' is missing"));
        Dim channels = shape.dim(1);
        if (groups < 1 || (channels.isKnown() && channels.known() % groups != 0)) {
            throw node.failure("%s groups do not divide %s channels", groups, channels);
        }
        Term x = computed(node, Term.operand(node, 0));
        Dim width = channels.floorDivide(groups).times(shape.slice(2, shape.rank()).elementCount());
        Term rows = reshaped(x, ImmutableList.of(shape.dim(0), Dim.of(groups), width));
        Term normal = normalized(rows, ImmutableList.of(2), node.attributes().real("epsilon", 1e-5f));
        Term back = normal.as(node.element(0));
        if (node.opset() >= SCALED_CHANNELS) {
            int rank = shape.rank();
            Term image = reshaped(back, shape.dims());
            return scaled(image, perChannel(node, 1, rank), perChannel(node, 2, rank)).value();
        }
        return reshaped(scaled(back, perChannel(node, 1, 3), perChannel(node, 2, 3)), shape.dims()).value();
    }

    /// In the type that `stash_type` names when it is wider; ORT and the standard default to float32.
    private static Term computed(NodeContext node, Term x) {
        long stash = node.attributes().integer("stash_type", 1);
        return stash == 1 && x.element().bits() < Float.SIZE ? x.as(ElementType.FLOAT32) : x;
    }

    /// `LRN`: `x / (bias + alpha * mean of squares of neighbouring channels)^beta`, where channels outside are zeros.
    static Value localResponse(NodeContext node) {
        Term x = Term.operand(node, 0);
        Shape shape = node.shape(0);
        long size = node.attributes().integer("size").orElseThrow(() -> node.failure("attribute 'size' is missing"));
        if (shape.rank() < 2 || size < 1) {
            throw node.failure("LRN needs channels and a positive size, found %s and %s", shape, size);
        }
        Dim rest = shape.slice(2, shape.rank()).elementCount();
        Term squares = reshaped(x.times(x), ImmutableList.of(shape.dim(0), Dim.ONE, shape.dim(1), rest));
        var window =
                new Window(
                        ImmutableList.of(1L, 1L),
                        ImmutableList.of(1L, 1L),
                        ImmutableList.of(Dim.of((size - 1) / 2), Dim.ZERO),
                        ImmutableList.of(Dim.of(size / 2), Dim.ZERO));
        var mean = new AveragePool(new Pooling(ImmutableList.of(size, 1L), window, false), true);
        Term means = reshaped(squares.with(mean), shape.dims());
        Term base = means.times(node.attributes().real("alpha", 1e-4f)).plus(node.attributes().real("bias", 1));
        Value power = node.add(new Pow(), base.value(), base.number(node.attributes().real("beta", 0.75f)).value());
        return x.over(new Term(node, power)).value();
    }

    private static Term normalized(Term x, ImmutableList<Integer> axes, float epsilon) {
        Term centred = x.minus(x.with(new ReduceMean(axes, true)));
        Term variance = centred.times(centred).with(new ReduceMean(axes, true));
        return centred.over(variance.plus(epsilon).with(new Sqrt()));
    }

    private static Term scaled(Term x, Term scale, Term shift) {
        return x.times(scale).plus(shift);
    }

    private static Term perChannel(NodeContext node, int operand, int rank) {
        Shape shape = node.shape(operand);
        if (shape.rank() != 1) {
            throw node.failure("operand %s must have one element per channel, found %s", operand, shape);
        }
        var dims = ImmutableList.copyOf(BatchNormalizationImporter.channel(shape.dim(0), rank));
        return reshaped(Term.operand(node, operand), dims);
    }

    private static Term reshaped(Term x, ImmutableList<Dim> dims) {
        return x.with(new Reshape(dims));
    }
}

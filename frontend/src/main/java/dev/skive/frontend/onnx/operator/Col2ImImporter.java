package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ScatterNd;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// `Col2Im`: the elements of blocks are added up in an image with its padding, which is then cut off.
record Col2ImImporter() implements NodeImporter.Single {
    /// One axis of the image.
    ///
    /// @param size its size
    /// @param block the size of a block
    /// @param dilation elements between neighbours in a block
    /// @param stride elements between blocks
    /// @param before padding before it
    /// @param after padding after it
    private record Axis(Dim size, long block, long dilation, long stride, long before, long after) {
        Dim padded() {
            return size.plus(before + after);
        }

        Dim blocks() {
            return padded().minus(Dim.of(dilation * (block - 1) + 1)).floorDivide(stride).plus(1);
        }
    }

    @Override
    public Value result(NodeContext node) {
        List<Axis> axes = axes(node);
        Shape shape = node.shape(0);
        long block = axes.stream().mapToLong(Axis::block).reduce(1, (a, b) -> a * b);
        Dim count = axes.stream().map(Axis::blocks).reduce(Dim.ONE, Dim::times);
        if (shape.rank() != 3 || shape.dim(2).differsFrom(count)) {
            throw node.failure("blocks %s do not fit: an image has %s of them", node.operand(0).type(), count);
        }
        Dim channels = shape.dim(1).floorDivide(block);
        Dim images = shape.dim(0).times(channels);
        Dim elements = count.times(block);
        Dim all = axes.stream().map(Axis::padded).reduce(Dim.ONE, Dim::times);
        var turn = new Transpose(ImmutableList.of(1, 0));
        Value rows = node.add(new Reshape(ImmutableList.of(images, elements)), node.operand(0));
        Value empty = node.add(new Expand(ImmutableList.of(all, images)), node.scalar(node.operand(0), 0));
        Value places = node.add(new Reshape(ImmutableList.of(elements, Dim.ONE)), places(node, axes));
        Value sums = node.add(new ScatterNd(Combination.ADD), empty, places, node.add(turn, rows));
        var dims = new ArrayList<>(List.of(shape.dim(0), channels));
        axes.forEach(axis -> dims.add(axis.padded()));
        Value padded = node.add(new Reshape(ImmutableList.copyOf(dims)), node.add(turn, sums));
        return cut(node, padded, axes);
    }

    private static List<Axis> axes(NodeContext node) {
        ImmutableList<Dim> image = node.sizes(1);
        ImmutableList<Long> block = node.numbers(2);
        int rank = image.size();
        List<Long> dilations = list(node, "dilations", rank, 1);
        List<Long> strides = list(node, "strides", rank, 1);
        List<Long> pads = list(node, "pads", 2 * rank, 0);
        if (block.size() != rank || dilations.size() != rank || strides.size() != rank || pads.size() != 2 * rank) {
            throw node.failure("blocks %s and attributes do not fit an image of sizes %s", block, image);
        }
        var axes = new ArrayList<Axis>();
        for (int i = 0; i < rank; i++) {
            axes.add(
                    new Axis(
                            image.get(i),
                            block.get(i),
                            dilations.get(i),
                            strides.get(i),
                            pads.get(i),
                            pads.get(rank + i)));
        }
        return axes;
    }

    private static List<Long> list(NodeContext node, String attribute, int count, long absent) {
        return node.attributes()
                .integers(attribute)
                .<List<Long>>map(given -> given)
                .orElseGet(() -> LongStream.generate(() -> absent).limit(count).boxed().toList());
    }

    /// Where elements go, by their place in a block and then by block.
    private static Value places(NodeContext node, List<Axis> axes) {
        int rank = axes.size();
        var positions = new Positions(node);
        Term sum = new Term(node, positions.number(0));
        Value stride = positions.number(1);
        for (int i = rank - 1; i >= 0; i--) {
            Axis axis = axes.get(i);
            Value within = along(node, Dim.of(axis.block()), axis.dilation());
            Value starts = along(node, axis.blocks(), axis.stride());
            Term place =
                    new Term(node, positions.before(within, 2 * rank - 1 - i))
                            .plus(new Term(node, positions.before(starts, rank - 1 - i)));
            sum = sum.plus(place.times(new Term(node, stride)));
            stride = node.add(new Mul(), stride, number(node, axis.padded()));
        }
        return sum.value();
    }

    private static Value number(NodeContext node, Dim size) {
        return node.add(new Reshape(ImmutableList.of()), GridImporters.sizeOf(node, size));
    }

    private static Value along(NodeContext node, Dim count, long step) {
        Value distance = node.constant(TensorData.ofLongs(new long[] {step}));
        return node.add(new Range(count), new Positions(node).number(0), distance);
    }

    private static Value cut(NodeContext node, Value padded, List<Axis> axes) {
        var starts = ImmutableList.<Dim>builder().add(Dim.ZERO, Dim.ZERO);
        var sizes = ImmutableList.<Dim>builder().addAll(padded.shape().slice(0, 2).dims());
        boolean whole = true;
        for (Axis axis : axes) {
            starts.add(Dim.of(axis.before()));
            sizes.add(axis.size());
            whole &= axis.before() == 0 && axis.after() == 0;
        }
        var steps = ImmutableList.copyOf(Collections.nCopies(axes.size() + 2, 1L));
        return whole ? padded : node.add(new Slice(starts.build(), sizes.build(), steps), padded);
    }
}

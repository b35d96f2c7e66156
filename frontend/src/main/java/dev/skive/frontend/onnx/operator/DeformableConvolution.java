package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// `DeformConv`: a convolution whose window looks where offsets say, between the elements, where it finds a mean of
/// those around. What it finds is sampled first, then multiplied with the weight.
///
/// @param node the ONNX node
/// @param window how the window moves
/// @param kernel elements of the window per axis
/// @param result the spatial sizes of the result
/// @param groups groups of channels that have weights of their own
/// @param offsetGroups groups of channels that have offsets of their own
record DeformableConvolution(
        NodeContext node, Window window, List<Long> kernel, ImmutableList<Dim> result, long groups, long offsetGroups) {
    /// The importer.
    static Value of(NodeContext node) {
        var attributes = WindowAttributes.of(node);
        Shape weight = node.shape(1);
        if (attributes.rank() > 3 || attributes.rank() < 2 || weight.rank() != attributes.rank() + 2) {
            throw node.failure(
                    "needs images or volumes and a weight of their rank, found %s and %s",
                    node.operand(0).type(), node.operand(1).type());
        }
        List<Dim> dims = weight.dims().subList(2, weight.rank());
        if (!dims.stream().allMatch(Dim::isKnown) || !node.shape(0).dim(1).isKnown() || !weight.dim(0).isKnown()) {
            throw node.failure("channels of %s and sizes of %s must be known", node.shape(0), weight);
        }
        attributes.checkKernel(dims);
        Window window = attributes.window(dims);
        var result = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < attributes.rank(); axis++) {
            result.add(window.positions(axis, node.shape(0).dim(axis + 2), dims.get(axis)));
        }
        long groups = node.attributes().integer("group", 1);
        long offsetGroups = node.attributes().integer("offset_group", 1);
        long channels = node.shape(0).dim(1).known();
        if (groups < 1 || offsetGroups < 1 || channels % groups != 0 || channels % offsetGroups != 0) {
            throw node.failure("%s groups and %s offset groups of %s channels", groups, offsetGroups, channels);
        }
        List<Long> kernel = dims.stream().map(Dim::known).toList();
        return new DeformableConvolution(node, window, kernel, result.build(), groups, offsetGroups).result(channels);
    }

    private int rank() {
        return kernel.size();
    }

    private Dim batch() {
        return node.shape(0).dim(0);
    }

    private long taps() {
        return kernel.stream().reduce(1L, Math::multiplyExact);
    }

    private Value result(long channels) {
        Dim places = new Shape(result).elementCount();
        Value sampled = sampled(channels);
        if (node.has(4)) {
            Term found = reshaped(sampled, batch(), offsetGroups, channels / offsetGroups, taps(), places);
            sampled = found.times(reshaped(node.operand(4), batch(), offsetGroups, 1, taps(), places)).value();
        }
        Term columns = reshaped(sampled, batch(), groups, channels / groups * taps(), places);
        long outputs = node.shape(1).dim(0).known();
        Term weight = reshaped(node.operand(1), groups, outputs / groups, channels / groups * taps());
        Value product = node.add(new MatMul(), weight.value(), columns.value());
        var dims = ImmutableList.<Dim>builder().add(batch(), Dim.of(outputs)).addAll(result).build();
        Term sum = new Term(node, node.add(new Reshape(dims), product));
        return node.has(3)
                ? sum.plus(new Term(node, new Positions(node).before(node.operand(3), rank()))).value()
                : sum.value();
    }

    /// What every element of the window finds, `[n * offset groups, channels of one, taps * positions...]`.
    private Value sampled(long channels) {
        Value x = node.operand(0);
        Dim images = batch().times(offsetGroups);
        var planes = ImmutableList.<Dim>builder().add(images, Dim.of(channels / offsetGroups));
        planes.addAll(x.shape().dims().subList(2, 2 + rank()));
        ElementType element = x.tensor().element() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        var coordinates = new ArrayList<Value>();
        for (int axis = rank() - 1; axis >= 0; axis--) {
            coordinates.add(coordinate(axis, images, element));
        }
        Value grid = node.add(new Concat(rank() + 1), coordinates.toArray(Value[]::new));
        var op = new GridSample(GridSample.Interpolation.LINEAR, GridSample.Padding.ZEROS, false);
        return node.add(op, node.add(new Reshape(planes.build()), x), grid);
    }

    /// Where the window looks along an axis, from -1 to 1, as samples of grids are asked for: taps and the first axis of
    /// the result are one axis.
    private Value coordinate(int axis, Dim images, ElementType element) {
        var dims = new ArrayList<Dim>(List.of(images, Dim.of(taps()), Dim.of(rank())));
        dims.addAll(result);
        Value offsets = node.add(new Reshape(ImmutableList.copyOf(dims)), node.operand(2));
        Value offset = node.add(Slice.along(offsets.shape(), 2, Dim.of(axis), Dim.ONE), offsets);
        Dim size = node.shape(0).dim(axis + 2);
        Term extent = new Term(node, new Positions(node).scalar(GridImporters.sizeOf(node, size))).as(element);
        Term place = new Term(node, offset).as(element).plus(tap(axis, element)).plus(position(axis, element));
        Term scaled = place.times(2).plus(1).over(extent).minus(1);
        var grid = ImmutableList.<Dim>builder().add(images, result.getFirst().times(taps()));
        grid.addAll(result.subList(1, rank())).add(Dim.ONE);
        return node.add(new Reshape(grid.build()), scaled.value());
    }

    /// How far each element of the window is from its first one.
    private Term tap(int axis, ElementType element) {
        var steps = new double[Math.toIntExact(taps())];
        long behind = kernel.subList(axis + 1, rank()).stream().reduce(1L, Math::multiplyExact);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i / behind % kernel.get(axis) * window.dilations().get(axis);
        }
        Value vector = node.constant(TensorData.ofReals(element, steps, steps.length));
        return new Term(node, new Positions(node).before(vector, rank() + 1));
    }

    /// Where the window begins.
    private Term position(int axis, ElementType element) {
        var positions = new Positions(node);
        Value range = node.add(new Range(result.get(axis)), positions.number(0), positions.number(1));
        Value before = positions.scalar(GridImporters.sizeOf(node, window.before().get(axis)));
        Term start = new Term(node, range).times((double) window.strides().get(axis)).minus(new Term(node, before));
        return new Term(node, positions.before(start.as(element).value(), rank() - 1 - axis));
    }

    private Term reshaped(Value value, Object... sizes) {
        var dims = ImmutableList.<Dim>builder();
        for (Object size : sizes) {
            dims.add(size instanceof Dim dim ? dim : Dim.of(((Number) size).longValue()));
        }
        return new Term(node, node.add(new Reshape(dims.build()), value));
    }
}

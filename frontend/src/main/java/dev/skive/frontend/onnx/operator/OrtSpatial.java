package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Operators of ORT's own on images, and on words as images of their characters.
final class OrtSpatial {
    private OrtSpatial() {}

    /// `CropAndResize`: samples of regions of images at places that are evenly apart, corners included, in a grid of a
    /// given size; outside of the image a number.
    static Value cropAndResize(NodeContext node) {
        String mode = node.attributes().text("mode", "bilinear");
        boolean isNearest = mode.equals("nearest");
        if (!isNearest && !mode.equals("bilinear")) {
            throw node.failure("attribute 'mode' is '%s'", mode);
        }
        var layout = new Layout(node);
        Value x = node.operand(0);
        List<Dim> size = node.sizes(3);
        Value images = node.add(new Gather(0), x, node.operand(2));
        Term y = places(node, 0, x.shape().dim(2), size.get(0));
        Term across = places(node, 1, x.shape().dim(3), size.get(1));
        Dim regions = node.shape(1).dim(0);
        Shape grid = Shape.of(regions, size.get(0), size.get(1), Dim.ONE);
        Value row = layout.expand(column(layout, unit(y, x.shape().dim(2), isNearest), 2), grid);
        Value column = layout.expand(column(layout, unit(across, x.shape().dim(3), isNearest), 1), grid);
        var interpolation = isNearest ? GridSample.Interpolation.NEAREST : GridSample.Interpolation.LINEAR;
        Value samples =
                node.add(
                        new GridSample(interpolation, GridSample.Padding.BORDER, true),
                        images,
                        layout.concat(3, column, row));
        Term isInside =
                new Term(node, channel(layout, inside(y, x.shape().dim(2)), 3))
                        .isBoth(new Term(node, channel(layout, inside(across, x.shape().dim(3)), 2)));
        Term result = new Term(node, samples);
        return isInside.choose(result, result.number(node.attributes().real("extrapolation_value", 0))).value();
    }

    /// Places in elements, `[regions, size]`: from the first to the last bound, or in the middle of both.
    private static Term places(NodeContext node, int axis, Dim length, Dim size) {
        var layout = new Layout(node);
        Value regions = node.operand(1);
        Term from = new Term(node, layout.slice(regions, 1, Dim.of(axis), Dim.ONE));
        Term to = new Term(node, layout.slice(regions, 1, Dim.of(axis + 2L), Dim.ONE));
        Term last = last(node, regions, length);
        if (size.is(1)) {
            return from.plus(to).times(0.5).times(last);
        }
        Term count = new Term(node, new Positions(node).along(size)).as(regions.tensor().element());
        Term steps = last(node, regions, size);
        Term step = to.minus(from).times(last).over(steps);
        Term inner = from.times(last).plus(count.times(step));
        return count.isEqual(steps).choose(to.times(last), inner);
    }

    /// A size less one, as a real number.
    private static Term last(NodeContext node, Value like, Dim size) {
        Value count = new Positions(node).scalar(GridImporters.sizeOf(node, size));
        return new Term(node, count).as(like.tensor().element()).minus(1);
    }

    private static Value inside(Term places, Dim length) {
        Term isBefore = places.isLess(0);
        Term last = last(places.node(), places.value(), length);
        Value isBehind = places.node().add(new Less(), last.value(), places.value());
        return isBefore.not().isBoth(new Term(places.node(), isBehind).not()).value();
    }

    /// Places from -1 to 1, for an image with aligned corners; rounded to elements when asked for, halves up.
    private static Value unit(Term places, Dim length, boolean rounded) {
        Term at = rounded ? places.plus(0.5).with(new Floor()) : places;
        return at.times(2).over(last(places.node(), places.value(), length).max(1)).minus(1).value();
    }

    /// `[regions, size]` with axes of size 1 so that the sizes of a grid `[regions, height, width, 1]` follow.
    private static Value column(Layout layout, Value places, int behind) {
        Shape shape = places.shape();
        return behind == 2
                ? layout.reshape(places, shape.dim(0), shape.dim(1), Dim.ONE, Dim.ONE)
                : layout.reshape(places, shape.dim(0), Dim.ONE, shape.dim(1), Dim.ONE);
    }

    /// `[regions, size]` as rows (axis 3 is open) or columns (axis 2 is open) of `[regions, channels, height, width]`.
    private static Value channel(Layout layout, Value conditions, int open) {
        Shape shape = conditions.shape();
        return open == 3
                ? layout.reshape(conditions, shape.dim(0), Dim.ONE, shape.dim(1), Dim.ONE)
                : layout.reshape(conditions, shape.dim(0), Dim.ONE, Dim.ONE, shape.dim(1));
    }

    /// `ConvTransposeWithDynamicPads`: all of the result is computed, then cut by the padding that operand 2 tells.
    static Value transposeWithPads(NodeContext node) {
        var operands = new ArrayList<>(List.of(node.operand(0), node.operand(1)));
        node.optional(3).ifPresent(operands::add);
        Value whole = Convolutions.transpose(node.withOperands(ImmutableList.copyOf(operands)));
        if (!node.has(2)) {
            return whole;
        }
        List<Dim> pads = node.sizes(2);
        Shape shape = whole.shape();
        int spatial = shape.rank() - 2;
        if (pads.size() != 2 * spatial) {
            throw node.failure("operand 2 must have %s elements, found %s", 2 * spatial, pads.size());
        }
        var starts = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        var sizes = new ArrayList<>(shape.dims());
        for (int axis = 0; axis < spatial; axis++) {
            starts.set(axis + 2, pads.get(axis));
            sizes.set(axis + 2, shape.dim(axis + 2).minus(pads.get(axis)).minus(pads.get(axis + spatial)));
        }
        var steps = ImmutableList.copyOf(Collections.nCopies(shape.rank(), 1L));
        return node.add(new Slice(ImmutableList.copyOf(starts), ImmutableList.copyOf(sizes), steps), whole);
    }

    /// `WordConvEmbedding`: each word a convolution over the rows of a table that its characters name, then `tanh`, then
    /// the greatest over the places where the window lies on characters. A word without characters gives 0.
    static Value words(NodeContext node) {
        node.attributes().ignore("embedding_size");
        node.attributes().ignore("conv_window_size");
        node.attributes().ignore("char_embedding_size");
        var layout = new Layout(node);
        Value ids = node.operand(0);
        Value weight = node.operand(1);
        Dim width = weight.shape().dim(2);
        Dim words = ids.shape().dim(0);
        Value letters = node.add(new Gather(0), node.operand(3), ids);
        Value image = layout.reshape(letters, Shape.of(words, Dim.ONE).concat(letters.shape().slice(1, 3)));
        Value sums = node.add(new Conv(Window.simple(2), 1), image, weight, node.operand(2));
        Value row = layout.reshape(sums, sums.shape().slice(0, 3));
        Term activated = new Term(node, row).with(new Tanh());
        Term lengths = lengths(node);
        Value shortest = node.add(new Max(), lengths.value(), size(node, width));
        Term places = new Term(node, new Positions(node).along(row.shape().dim(2)));
        Term end = new Term(node, node.add(new Add(), shortest, size(node, width.times(-1).plus(1))));
        Term isLetter = places.isLess(end);
        Value mask = layout.reshape(isLetter.value(), words, Dim.ONE, row.shape().dim(2));
        Term visible = new Term(node, mask).choose(activated, activated.number(Double.NEGATIVE_INFINITY));
        Term most = visible.with(new ReduceMax(ImmutableList.of(2), false));
        return lengths.isMore(0).choose(most, most.number(0)).value();
    }

    /// How many characters each word has, `[words, 1]`; none when the first is missing.
    private static Term lengths(NodeContext node) {
        var layout = new Layout(node);
        Term ids = Term.operand(node, 0);
        Term count = ids.isMore(0).as(ElementType.INT64).with(new ReduceSum(ImmutableList.of(1), true));
        Term first = new Term(node, layout.slice(ids.value(), 1, Dim.ZERO, Dim.ONE));
        return first.isMore(0).choose(count, count.number(0));
    }

    private static Value size(NodeContext node, Dim size) {
        if (!size.isKnown()) {
            throw node.failure("the width of the window of %s must be known", node.operand(1).type());
        }
        return new Positions(node).number(size.known());
    }
}

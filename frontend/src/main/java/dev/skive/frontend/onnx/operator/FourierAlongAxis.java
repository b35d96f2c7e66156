package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;

/// `DFT` along an axis that a run tells: of a signal `[before, size, after, parts]`.
///
/// @param node the ONNX node
record FourierAlongAxis(NodeContext node) {
    private static final List<Integer> SWAPPED = List.of(0, 2, 1, 3);

    /// The spectrum.
    Value result() {
        boolean onesided = SignalImporters.isOneSided(node);
        Value x = node.operand(0);
        ImmutableList<Dim> around = node.freshSizes("around_axis", 3);
        var op = new AroundAxis(around.get(0), around.get(1), around.get(2));
        Value apart = node.addDynamic(op, x, node.operand(2)).getFirst();
        Dim parts = x.shape().last();
        Dim after = around.get(2).floorDivide(parts);
        Value signal = node.add(new Reshape(ImmutableList.of(around.get(0), around.get(1), after, parts)), apart);
        var fourier = new FourierTransform(node, node.attributes().flag("inverse", false));
        Dim length = node.has(1) ? node.sizes(1).getFirst() : around.get(1);
        Dim bins = onesided ? length.floorDivide(2).plus(1) : length;
        Value spectrum = fourier.apply(fourier.resized(fourier.transposed(signal, SWAPPED), length), bins);
        return shaped(fourier.transposed(spectrum, SWAPPED), bins);
    }

    /// The shape of the operand with as many bins at the axis, and pairs.
    private Value shaped(Value spectrum, Dim bins) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        int rank = shape.rank();
        var positions = new Positions(node);
        Term given = new Term(node, positions.scalar(Term.operand(node, 2).as(ElementType.INT64).value()));
        Term axis = given.isLess(0).choose(given.plus(rank), given);
        Term chosen = new Term(node, positions.along(Dim.of(rank - 1L))).isEqual(axis);
        Term sizes = new Term(node, node.add(new ShapeOf(0, rank - 1), x));
        Term count = new Term(node, positions.scalar(GridImporters.sizeOf(node, bins)));
        Value pairs = node.add(new Reshape(ImmutableList.of(Dim.ONE)), positions.number(2));
        Value target = node.add(new Concat(0), chosen.choose(count, sizes).value(), pairs);
        return node.addDynamic(new DynamicReshape(node.freshSizes("spectrum", rank), true), spectrum, target)
                .getFirst();
    }
}

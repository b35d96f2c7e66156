package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// `Pad`: pads and value are attributes before opset 11 and operands since; since opset 18 only some axes may be padded.
/// Negative pads cut elements off first.
record PadImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Pad.Mode mode = mode(node);
        int rank = x.shape().rank();
        var before = new ArrayList<>(Collections.nCopies(rank, Dim.ZERO));
        var after = new ArrayList<>(Collections.nCopies(rank, Dim.ZERO));
        List<Long> axes = node.has(3) ? node.numbers(3) : LongStream.range(0, rank).boxed().toList();
        ImmutableList<Dim> pads = pads(node);
        if (pads.size() != 2 * axes.size()) {
            throw node.failure("pads %s must have two entries per padded axis of %s", pads, x.type());
        }
        for (int i = 0; i < axes.size(); i++) {
            int axis = x.shape().axis(axes.get(i));
            before.set(axis, pads.get(i));
            after.set(axis, pads.get(axes.size() + i));
        }
        Value cut = cut(node, x, before, after);
        var op = new Pad(notNegative(before), notNegative(after), mode);
        return mode == Pad.Mode.CONSTANT ? node.add(op, cut, value(node)) : node.add(op, cut);
    }

    private static Pad.Mode mode(NodeContext node) {
        String mode = node.attributes().text("mode", "constant");
        return switch (mode) {
            case "constant" -> Pad.Mode.CONSTANT;
            case "edge" -> Pad.Mode.EDGE;
            case "reflect" -> Pad.Mode.REFLECT;
            case "wrap" -> Pad.Mode.WRAP;
            default -> throw node.failure("attribute 'mode' is '%s'", mode);
        };
    }

    private static ImmutableList<Dim> pads(NodeContext node) {
        return node.attributes()
                .integers("pads")
                .map(list -> list.stream().map(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> operand(node));
    }

    /// ORT's own form may give the pads as a matrix of one row.
    private static ImmutableList<Dim> operand(NodeContext node) {
        return node.operand(1)
                .constant()
                .map(data -> Arrays.stream(data.longs()).mapToObj(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> node.sizes(1));
    }

    private static Value value(NodeContext node) {
        if (!node.has(2)) {
            return node.scalar(node.operand(0), node.attributes().real("value", 0));
        }
        Value value = node.operand(2);
        return value.shape().rank() == 0 ? value : node.add(new Reshape(ImmutableList.of()), value);
    }

    private static Value cut(NodeContext node, Value x, List<Dim> before, List<Dim> after) {
        Shape shape = x.shape();
        var starts = new ArrayList<Dim>();
        var sizes = new ArrayList<Dim>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim start = isNegative(before.get(axis)) ? before.get(axis).times(-1) : Dim.ZERO;
            Dim dropped = isNegative(after.get(axis)) ? after.get(axis) : Dim.ZERO;
            starts.add(start);
            sizes.add(shape.dim(axis).minus(start).plus(dropped));
        }
        if (Shape.of(sizes).equals(shape)) {
            return x;
        }
        var steps = ImmutableList.copyOf(Collections.nCopies(shape.rank(), 1L));
        return node.add(new Slice(ImmutableList.copyOf(starts), ImmutableList.copyOf(sizes), steps), x);
    }

    private static ImmutableList<Dim> notNegative(List<Dim> pads) {
        return pads.stream().map(pad -> isNegative(pad) ? Dim.ZERO : pad).collect(ImmutableList.toImmutableList());
    }

    private static boolean isNegative(Dim pad) {
        return pad.isKnown() && pad.known() < 0;
    }
}

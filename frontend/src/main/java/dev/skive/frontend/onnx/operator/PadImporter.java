package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// `Pad`: pads and value are attributes before opset 11 and operands since; since opset 18 only some axes may be padded.
/// Negative pads cut elements off first.
record PadImporter() implements NodeImporter.Single {
    private static final int AXES = 3;

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Pad.Mode mode = mode(node);
        Pads pads = pads(node);
        var op = new Pad(pads.before, pads.after, mode);
        Value cut = cut(node, x, pads);
        return mode == Pad.Mode.CONSTANT ? node.add(op, cut, value(node)) : node.add(op, cut);
    }

    /// What is done to every axis: some elements are kept, and others go on before and after them.
    private record Pads(
            ImmutableList<Dim> before, ImmutableList<Dim> after, ImmutableList<Dim> from, ImmutableList<Dim> kept) {
        /// Numbers below 0 mean that elements go off.
        static Pads of(Shape shape, List<Dim> before, List<Dim> after) {
            var kept = ImmutableList.<Dim>builder();
            for (int axis = 0; axis < shape.rank(); axis++) {
                kept.add(shape.dim(axis).minus(off(before.get(axis))).minus(off(after.get(axis))));
            }
            return new Pads(map(before, Pads::on), map(after, Pads::on), map(before, Pads::off), kept.build());
        }

        private static ImmutableList<Dim> map(List<Dim> pads, UnaryOperator<Dim> map) {
            return pads.stream().map(map).collect(ImmutableList.toImmutableList());
        }

        private static Dim on(Dim pad) {
            return isNegative(pad) ? Dim.ZERO : pad;
        }

        private static Dim off(Dim pad) {
            return isNegative(pad) ? pad.times(-1) : Dim.ZERO;
        }

        private static boolean isNegative(Dim pad) {
            return pad.isKnown() && pad.known() < 0;
        }
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

    private static Pads pads(NodeContext node) {
        boolean told =
                node.has(1) && (node.knownSizes(1).isEmpty() || (node.has(AXES) && node.knownNumbers(AXES).isEmpty()));
        if (told) {
            return told(node);
        }
        Shape shape = node.shape(0);
        int rank = shape.rank();
        ImmutableList<Dim> pads =
                node.attributes()
                        .integers("pads")
                        .map(list -> list.stream().map(Dim::of).collect(ImmutableList.toImmutableList()))
                        .orElseGet(() -> operand(node));
        List<Long> axes = node.has(AXES) ? node.numbers(AXES) : LongStream.range(0, rank).boxed().toList();
        check(node, pads.size(), axes.size());
        var before = new ArrayList<>(Collections.nCopies(rank, Dim.ZERO));
        var after = new ArrayList<>(Collections.nCopies(rank, Dim.ZERO));
        for (int i = 0; i < axes.size(); i++) {
            int axis = shape.axis(axes.get(i));
            before.set(axis, pads.get(i));
            after.set(axis, pads.get(axes.size() + i));
        }
        return Pads.of(shape, before, after);
    }

    /// ORT's own form may give the pads as a matrix of one row.
    private static ImmutableList<Dim> operand(NodeContext node) {
        return node.operand(1)
                .constant()
                .map(data -> Arrays.stream(data.longs()).mapToObj(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> node.sizes(1));
    }

    private static void check(NodeContext node, int pads, int axes) {
        if (pads != 2 * axes) {
            throw node.failure(
                    "%s pads for %s axes of %s: there must be two for each", pads, axes, node.operand(0).type());
        }
    }

    /// Pads that a run tells: what is above 0 goes on, what is below goes off.
    private static Pads told(NodeContext node) {
        int rank = node.shape(0).rank();
        Term given = Term.operand(node, 1).as(ElementType.INT64);
        int count = node.count(given.value());
        Term pads = given.with(new Reshape(ImmutableList.of(Dim.of(count))));
        check(node, count, node.has(AXES) ? node.count(node.operand(AXES)) : rank);
        if (node.has(AXES)) {
            pads = onAllAxes(node, pads, rank);
        }
        var layout = new Layout(node);
        Value off = pads.times(-1).max(0).value();
        Value from = layout.slice(off, 0, Dim.ZERO, Dim.of(rank));
        // A size of its own keeps the number of elements of a result short: it multiplies the sums of all axes out.
        Term kept =
                new Term(node, node.add(new ShapeOf(0, rank), node.operand(0)))
                        .minus(new Term(node, from))
                        .minus(new Term(node, layout.slice(off, 0, Dim.of(rank), Dim.of(rank))));
        Value all = node.add(new Concat(0), pads.max(0).value(), from, kept.value());
        ImmutableList<Dim> sizes = node.extents(all, "pads");
        return new Pads(
                sizes.subList(0, rank),
                sizes.subList(rank, 2 * rank),
                sizes.subList(2 * rank, 3 * rank),
                sizes.subList(3 * rank, 4 * rank));
    }

    /// Pads of some axes among zeros.
    private static Term onAllAxes(NodeContext node, Term pads, int rank) {
        Term given = Term.operand(node, AXES).as(ElementType.INT64);
        Term axes = given.isLess(0).choose(given.plus(rank), given);
        Value places = node.add(new Concat(0), axes.value(), axes.plus(rank).value());
        Value zeros = node.constant(TensorData.ofLongs(new long[2 * rank], 2L * rank));
        return new Term(node, node.add(new ScatterElements(0, Combination.REPLACE), zeros, places, pads.value()));
    }

    private static Value value(NodeContext node) {
        if (!node.has(2)) {
            return node.scalar(node.operand(0), node.attributes().real("value", 0));
        }
        Value value = node.operand(2);
        return value.shape().rank() == 0 ? value : node.add(new Reshape(ImmutableList.of()), value);
    }

    private static Value cut(NodeContext node, Value x, Pads pads) {
        if (new Shape(pads.kept).equals(x.shape())) {
            return x;
        }
        var steps = ImmutableList.copyOf(Collections.nCopies(pads.kept.size(), 1L));
        return node.add(new Slice(pads.from, pads.kept, steps), x);
    }
}

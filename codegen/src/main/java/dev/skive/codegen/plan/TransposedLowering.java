package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Lowers a transposed convolution to ordinary ones, one per [Phase] of its positions. Phases that look at the same
/// elements of the operand are channels of one convolution; then every phase is copied to its places.
///
/// @param planner keeps the books
/// @param node the transposed convolution
/// @param op the same
record TransposedLowering(Planner planner, Node node, ConvTranspose op) {
    private static final int FIRST_SPATIAL = 4;

    /// The operands.
    ///
    /// @param x `[n, c, ...]`, contiguous
    /// @param weight `[c, m / groups, k...]`, contiguous
    /// @param bias one element per channel of the result
    record Operands(View x, View weight, View bias) {}

    /// True when kernel and padding are known, and no axis has both strides and dilations.
    static boolean fits(ConvTranspose op, View weight) {
        Window window = op.window();
        return weight.shape().dims().stream().allMatch(Dim::isKnown)
                && window.before().stream().allMatch(Dim::isKnown)
                && window.after().stream().allMatch(Dim::isKnown)
                && IntStream.range(0, window.rank())
                        .allMatch(axis -> window.strides().get(axis) == 1 || window.dilations().get(axis) == 1);
    }

    View lower(Operands operands, View target) {
        View groups = grouped(target);
        var perAxis = new ArrayList<List<ImmutableList<Phase>>>();
        for (int axis = 0; axis < op.window().rank(); axis++) {
            long kernel = operands.weight().shape().dim(axis + 2).known();
            perAxis.add(Phase.alike(op.window(), axis, kernel));
        }
        for (List<ImmutableList<Phase>> alike : Lists.cartesianProduct(perAxis)) {
            List<List<Phase>> phases = Lists.cartesianProduct(alike);
            boolean meets = phases.getFirst().stream().allMatch(phase -> phase.taps() > 0);
            View results = meets ? convolved(operands, phases) : bias(operands);
            for (int i = 0; i < phases.size(); i++) {
                View place = place(groups, phases.get(i), operands.x());
                planner.add(new CopyKernel(planner.origin(node), part(results, i, place.shape()), place));
            }
        }
        return target;
    }

    /// A result `[n, m, ...]` as `[n, groups, 1, m / groups, ...]`.
    private View grouped(View target) {
        Shape shape = target.shape();
        Shape channels = Shape.of(Dim.of(op.groups()), Dim.ONE, shape.dim(1).floorDivide(op.groups()));
        return reshaped(target, shape.slice(0, 1).concat(channels).concat(shape.slice(2, shape.rank())));
    }

    private static View reshaped(View view, Shape shape) {
        return view.reshape(shape).orElseThrow(AssertionError::new);
    }

    /// The places of a phase in the result.
    private View place(View groups, List<Phase> phases, View x) {
        var starts = new ArrayList<>(Collections.nCopies(FIRST_SPATIAL, Dim.ZERO));
        var steps = new ArrayList<>(Collections.nCopies(FIRST_SPATIAL, 1L));
        phases.forEach(phase -> {
            starts.add(Dim.of(phase.start()));
            steps.add(phase.stride());
        });
        Shape sizes = groups.shape().slice(0, FIRST_SPATIAL).concat(positions(phases, x));
        return groups.slice(starts, sizes.dims(), steps);
    }

    private Shape positions(List<Phase> phases, View x) {
        var sizes = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < phases.size(); axis++) {
            Phase phase = phases.get(axis);
            sizes.add(phase.positions(x.shape().dim(axis + 2), op.window().dilations().get(axis)));
        }
        return new Shape(sizes.build());
    }

    /// Phase number `i` of results `[n, groups, phases, m / groups, ...]`, repeated where they have sizes of 1.
    private View part(View results, int i, Shape shape) {
        var starts = new ArrayList<>(Collections.nCopies(results.shape().rank(), Dim.ZERO));
        starts.set(2, Dim.of(results.shape().dim(2).is(1) ? 0 : i));
        var sizes = new ArrayList<>(results.shape().dims());
        sizes.set(2, Dim.ONE);
        View part = results.slice(starts, sizes, Collections.nCopies(starts.size(), 1L));
        return planner.broadcast(part, shape, planner.origin(node));
    }

    /// What positions that meet no element of the kernel are, `[1, groups, 1, m / groups, 1, ...]`.
    private View bias(Operands operands) {
        Shape ones = new Shape(ImmutableList.copyOf(Collections.nCopies(op.window().rank(), Dim.ONE)));
        return reshaped(operands.bias(), Shape.of(1).concat(channels(operands, 1)).concat(ones));
    }

    private Shape channels(Operands operands, int phases) {
        return Shape.of(Dim.of(op.groups()), Dim.of(phases), operands.weight().shape().dim(1));
    }

    /// The results of phases that look at the same elements, `[n, groups, phases, m / groups, ...]`.
    private View convolved(Operands operands, List<List<Phase>> phases) {
        View x = operands.x();
        var stacked = new Stacked(planner, planner.origin(node));
        View bias = stacked.of(Collections.nCopies(phases.size(), reshaped(operands.bias(), channels(operands, 1))));
        View weight = stacked.of(phases.stream().map(phase -> weight(operands.weight(), phase)).toList());
        Shape all = channels(operands, phases.size());
        Shape flat = Shape.of(all.elementCount());
        Shape kernel = weight.shape().slice(all.rank(), weight.shape().rank());
        var factors = new ConvKernel.Factors(reshaped(weight, flat.concat(kernel)), reshaped(bias, flat));
        Shape batch = x.shape().slice(0, 1);
        Shape positions = positions(phases.getFirst(), x);
        var type = new TensorType(x.element(), batch.concat(flat).concat(positions));
        View target = planner.temporary(type, node.op().mnemonic());
        var result = new WindowedLowering.Result(planner.origin(node), Epilogue.NONE, target);
        var conv = new Conv(window(phases.getFirst()), op.groups());
        View results = new WindowedLowering(planner).convolution(conv, x, factors, result);
        return reshaped(results, batch.concat(all).concat(positions));
    }

    private Window window(List<Phase> phases) {
        return new Window(
                ImmutableList.copyOf(Collections.nCopies(phases.size(), 1L)),
                op.window().dilations(),
                phases.stream().map(phase -> Dim.of(phase.before())).collect(ImmutableList.toImmutableList()),
                phases.stream().map(phase -> Dim.of(phase.after())).collect(ImmutableList.toImmutableList()));
    }

    /// The elements of the kernel that contribute to a phase, last first: `[groups, 1, m / groups, c / groups, ...]`.
    private View weight(View weight, List<Phase> phases) {
        Shape shape = weight.shape();
        Dim groups = Dim.of(op.groups());
        Dim inside = shape.dim(0).floorDivide(op.groups());
        View grouped = reshaped(weight, Shape.of(groups, Dim.ONE, inside).concat(shape.slice(1, shape.rank())));
        var starts = new ArrayList<>(Collections.nCopies(FIRST_SPATIAL, Dim.ZERO));
        var sizes = new ArrayList<>(grouped.shape().dims().subList(0, FIRST_SPATIAL));
        var steps = new ArrayList<>(Collections.nCopies(FIRST_SPATIAL, 1L));
        var order = new ArrayList<>(List.of(0, 1, 3, 2));
        for (Phase phase : phases) {
            order.add(starts.size());
            starts.add(Dim.of(phase.firstTap()));
            sizes.add(Dim.of(phase.taps()));
            steps.add(-phase.stride());
        }
        return grouped.slice(starts, sizes, steps).transpose(order);
    }
}

package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Slices that cut a value into pieces along one axis, nothing left over. They are written as one `Split`.
///
/// @param axis the axis
/// @param slices the pieces in order
record SplitPattern(int axis, ImmutableList<Node> slices) {
    /// The pieces that a node is one of, if there are others and nothing else is cut off between them.
    static Optional<SplitPattern> with(Node node, Graph graph) {
        if (!(node.op() instanceof Slice slice)) {
            return Optional.empty();
        }
        return axis(slice, node.operand(0).shape()).flatMap(axis -> all(axis, node, graph));
    }

    private static Optional<SplitPattern> all(int axis, Node node, Graph graph) {
        Shape shape = node.operand(0).shape();
        List<Node> pieces =
                graph.users(node.operand(0)).stream()
                        .distinct()
                        .filter(user ->
                                user.op() instanceof Slice slice && axis(slice, shape).equals(Optional.of(axis)))
                        .sorted(Comparator.comparingLong(user -> start(user, axis)))
                        .toList();
        long reached = 0;
        for (Node piece : pieces) {
            if (start(piece, axis) != reached) {
                return Optional.empty();
            }
            reached += size(piece, axis);
        }
        return pieces.size() > 1 && shape.dim(axis).is(reached)
                ? Optional.of(new SplitPattern(axis, ImmutableList.copyOf(pieces)))
                : Optional.empty();
    }

    private static long start(Node piece, int axis) {
        return ((Slice) piece.op()).starts().get(axis).known();
    }

    private static long size(Node piece, int axis) {
        return ((Slice) piece.op()).sizes().get(axis).known();
    }

    /// The only axis along which a slice cuts, if it takes neighbours at known places there.
    private static Optional<Integer> axis(Slice slice, Shape shape) {
        var cut = new ArrayList<Integer>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean forward = slice.steps().get(axis) == 1;
            boolean whole =
                    forward && slice.starts().get(axis).is(0) && slice.sizes().get(axis).equals(shape.dim(axis));
            if (!whole) {
                boolean known =
                        slice.starts().get(axis).isKnown()
                                && slice.sizes().get(axis).isKnown()
                                && shape.dim(axis).isKnown();
                cut.add(forward && known ? axis : -1);
            }
        }
        return cut.size() == 1 && cut.getFirst() >= 0 ? Optional.of(cut.getFirst()) : Optional.empty();
    }

    /// Adds the node and names the pieces.
    void write(ModelNodes nodes) {
        long[] sizes = slices.stream().mapToLong(piece -> size(piece, axis)).toArray();
        ImmutableList<String> names =
                nodes.add(
                        "Split",
                        List.of(
                                nodes.name(slices.getFirst().operand(0)),
                                nodes.constant(TensorData.ofLongs(sizes, sizes.length))),
                        sizes.length,
                        List.of(OnnxAttributes.integer("axis", axis)));
        IntStream.range(0, sizes.length).forEach(i -> nodes.bind(slices.get(i).result(), names.get(i)));
    }
}

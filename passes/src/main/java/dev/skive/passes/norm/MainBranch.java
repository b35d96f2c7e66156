package dev.skive.passes.norm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Softmax;
import dev.skive.passes.weight.Weight;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The values of a network that are only added to each other and read through layer norms. A layer norm does not see what
/// is the same for all channels, so the mean over the channels can be taken away from all of them.
///
/// @param axes each value, with its axis of channels; weights are not among them
/// @param norms the layer norms that read them
/// @param sources the products and convolutions that make them, whose weights can be centred
/// @param hard the other nodes that make them, after which a mean must be subtracted
/// @param readers the nodes that need the mean, which must be added again for them
/// @param refusal why the mean may not be taken away; empty when it may
/// @param blame the nodes the refusal is about
record MainBranch(
        ImmutableMap<Value, Integer> axes,
        ImmutableSet<Node> norms,
        ImmutableSet<Node> sources,
        ImmutableSet<Node> hard,
        ImmutableSet<Node> readers,
        String refusal,
        ImmutableList<Node> blame) {
    /// The branch that a layer norm reads.
    static MainBranch of(Graph graph, Node norm) {
        var finder = new Finder(graph);
        finder.include(norm.operand(0), norm.result().shape().rank() - 1);
        return finder.find();
    }

    /// True when the mean may be taken away, and doing so removes more means than it adds.
    boolean isCentrable() {
        return refusal.isEmpty() && hard.size() + readers.size() < norms.size();
    }

    private static final class Finder {
        private final Graph graph;
        private final Map<Value, Integer> axes = new LinkedHashMap<>();
        private final Set<Node> norms = new LinkedHashSet<>();
        private final Set<Node> sources = new LinkedHashSet<>();
        private final Set<Node> hard = new LinkedHashSet<>();
        private final Set<Node> readers = new LinkedHashSet<>();
        private final ArrayDeque<Value> open = new ArrayDeque<>();
        private String refusal = "";
        private ImmutableList<Node> blame = ImmutableList.of();

        private Finder(Graph graph) {
            this.graph = graph;
        }

        private MainBranch find() {
            while (!open.isEmpty() && refusal.isEmpty()) {
                Value value = open.remove();
                int axis = axes.getOrDefault(value, 0);
                whereFrom(value, axis);
                graph.users(value).forEach(user -> whereTo(value, axis, user));
                if (graph.outputs().containsValue(value)) {
                    refuse("the model hands out what %s computes as an output", value.node());
                }
            }
            return new MainBranch(
                    ImmutableMap.copyOf(axes),
                    ImmutableSet.copyOf(norms),
                    ImmutableSet.copyOf(sources),
                    ImmutableSet.copyOf(hard),
                    ImmutableSet.copyOf(readers),
                    refusal,
                    blame);
        }

        private void include(Value value, int axis) {
            Integer known = axes.putIfAbsent(value, axis);
            if (known == null) {
                open.add(value);
            } else if (known != axis) {
                refuse("the channels of what %s computes lie along two axes", value.node());
            }
        }

        private void whereFrom(Value value, int axis) {
            Node node = value.node();
            ImmutableMap<Integer, Integer> carried =
                    node.types().size() == 1 ? Carriage.operands(node, axis) : ImmutableMap.of();
            if (!carried.isEmpty()) {
                carried.forEach((operand, own) -> {
                    if (!Weight.is(node.operand(operand))) {
                        include(node.operand(operand), own);
                    }
                });
            } else if (isSource(node, axis)) {
                sources.add(node);
            } else {
                hard.add(node);
            }
        }

        private static boolean isSource(Node node, int axis) {
            boolean held = node.operands().stream().skip(1).allMatch(Weight::is);
            return held
                    && switch (node.op()) {
                        case Linear product -> axis == node.result().shape().rank() - 1;
                        case MatMul product ->
                                axis == node.result().shape().rank() - 1 && node.operand(1).shape().rank() >= 2;
                        case Conv convolution -> axis == 1;
                        default -> false;
                    };
        }

        private void whereTo(Value value, int axis, Node user) {
            if (user.op() instanceof LayerNorm norm
                    && norm.axis() == axis
                    && axis == value.shape().rank() - 1
                    && user.operands().indexOf(value) == 0
                    && user.operands().lastIndexOf(value) == 0) {
                norms.add(user);
            } else if (!seesNoMean(user, axis)) {
                Carriage.result(user, value, axis)
                        .ifPresentOrElse(result -> include(user.result(), result), () -> readers.add(user));
            }
        }

        /// True for what is the same when all channels grow by the same number.
        private static boolean seesNoMean(Node user, int axis) {
            return switch (user.op()) {
                case Softmax softmax -> softmax.axis() == axis;
                case ArgMax best -> best.axis() == axis;
                case ArgMin least -> least.axis() == axis;
                default -> false;
            };
        }

        private void refuse(String reason, Node node) {
            if (refusal.isEmpty()) {
                refusal = reason.formatted(graph.origin(node));
                blame = ImmutableList.of(node);
            }
        }
    }
}

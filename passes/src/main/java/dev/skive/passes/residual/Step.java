package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One addition to a residual stream, `sum = skip + increment`, where the increment is computed from the stream.
///
/// @param sum the addition
/// @param skip what is added to
/// @param increment what is added
/// @param reads the value of the stream that the increment is computed from: `skip`, or what `skip` itself was made of
///     when two increments of one value are added one after the other
/// @param body the nodes between `reads` and `increment`, in order
record Step(Node sum, Value skip, Value increment, Value reads, ImmutableSet<Node> body) {
    /// Every such addition, by its sum, in the order of the graph.
    static Map<Node, Step> all(Graph graph) {
        var reach = new Reach(graph);
        var steps = new LinkedHashMap<Node, Step>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Add && addsEqualTypes(node)) {
                of(node, reach, steps).ifPresent(step -> steps.put(node, step));
            }
        }
        return steps;
    }

    private static boolean addsEqualTypes(Node sum) {
        return sum.result().type() instanceof TensorType type
                && type.element().isReal()
                && type.shape().rank() >= 2
                && sum.operands().stream().allMatch(operand -> operand.type().equals(type));
    }

    private static Optional<Step> of(Node sum, Reach reach, Map<Node, Step> before) {
        Value left = sum.operand(0);
        Value right = sum.operand(1);
        return step(sum, left, right, left, reach)
                .or(() -> step(sum, right, left, right, reach))
                .or(() -> second(sum, left, right, reach, before))
                .or(() -> second(sum, right, left, reach, before));
    }

    /// The second of two increments of one value.
    private static Optional<Step> second(Node sum, Value skip, Value increment, Reach reach, Map<Node, Step> before) {
        return Optional.ofNullable(before.get(skip.node()))
                .flatMap(first -> step(sum, skip, increment, first.reads(), reach));
    }

    private static Optional<Step> step(Node sum, Value skip, Value increment, Value reads, Reach reach) {
        if (increment.equals(reads)) {
            return Optional.empty();
        }
        var body = ImmutableSet.copyOf(reach.between(reads, increment));
        return body.stream().anyMatch(Step::isWeighty) && !body.contains(skip.node())
                ? Optional.of(new Step(sum, skip, increment, reads, body))
                : Optional.empty();
    }

    /// True for the operators that do the work of a layer.
    static boolean isWeighty(Node node) {
        return switch (node.op()) {
            case Contraction product -> true;
            case Conv convolution -> true;
            case ConvTranspose convolution -> true;
            case Recurrent recurrent -> true;
            case Attention attention -> true;
            default -> false;
        };
    }

    /// The nodes that lead from the sum of an earlier step to what this one adds to, first to last; nothing when other
    /// work lies between.
    Optional<Link> link(Map<Node, Step> steps) {
        var bridge = ImmutableList.<Node>builder();
        Value value = skip;
        while (!steps.containsKey(value.node())) {
            Node node = value.node();
            var from = Reach.variable(node);
            if (from.size() != 1 || isWeighty(node)) {
                return Optional.empty();
            }
            bridge.add(node);
            value = from.getFirst();
        }
        return Optional.of(new Link(steps.get(value.node()), bridge.build().reverse()));
    }

    /// What lies between two steps.
    ///
    /// @param before the earlier step
    /// @param bridge the nodes between its sum and the later step's `skip`
    record Link(Step before, ImmutableList<Node> bridge) {}
}

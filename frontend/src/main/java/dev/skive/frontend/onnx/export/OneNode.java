package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import java.util.Optional;

/// Nodes of the IR that are written as one ONNX node, because they were one: the importer takes operators apart. Written
/// as one node again, runtimes round it the way they rounded the original.
interface OneNode {
    /// The nodes that are parts of it besides the last.
    ImmutableSet<Node> absorbed();

    /// Adds the ONNX node.
    ///
    /// @return the name of its result
    String write(ModelNodes nodes);

    /// The one ONNX node that a node of the IR is the last part of, if there is one.
    static Optional<? extends OneNode> endingIn(Node last, Graph graph, int opset) {
        Optional<? extends OneNode> product = GemmPattern.endingIn(last, graph);
        if (product.isPresent()) {
            return product;
        }
        Optional<? extends OneNode> normalization = BatchNormalizationPattern.endingIn(last, graph);
        return normalization.isPresent() ? normalization : Decomposition.endingIn(last, graph, opset);
    }

    /// True when a node came from the same ONNX node as the last part.
    static boolean isPart(Node part, Node last, Graph graph) {
        return graph.origin(part).sources().equals(graph.origin(last).sources())
                && graph.origin(part).operator().equals(graph.origin(last).operator());
    }

    /// True when nothing but these nodes and the last uses their results.
    static boolean isApart(ImmutableSet<Node> absorbed, Node last, Graph graph) {
        return absorbed.stream().map(Node::result).allMatch(value -> isUsedInside(value, absorbed, last, graph));
    }

    private static boolean isUsedInside(Value value, ImmutableSet<Node> absorbed, Node last, Graph graph) {
        return graph.useCount(value) == graph.users(value).size()
                && graph.users(value).stream().allMatch(user -> user.equals(last) || absorbed.contains(user));
    }
}

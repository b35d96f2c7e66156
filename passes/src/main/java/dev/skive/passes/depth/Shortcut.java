package dev.skive.passes.depth;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;

/// Leaves out what lies between values.
final class Shortcut {
    private Shortcut() {}

    /// The graph with each key replaced by its value, of the same type, that lies before it. Where the value is a key
    /// itself, what replaces that is taken.
    static Graph take(Graph graph, ImmutableMap<Value, Value> ways) {
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    for (int i = 0; i < node.types().size(); i++) {
                        Value before = ways.get(node.result(i));
                        if (before != null) {
                            rewriter.replace(node.result(i), rewriter.map(before));
                        }
                    }
                });
    }
}

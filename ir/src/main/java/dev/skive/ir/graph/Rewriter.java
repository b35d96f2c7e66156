package dev.skive.ir.graph;

import dev.skive.ir.op.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Maps one graph to another: walks the old graph in order, and per node either keeps it over the mapped operands or
/// uses the values the caller put in its place. What nothing needs any more disappears.
public final class Rewriter {
    private final Graph source;
    private final GraphBuilder target;
    private final Map<Value, Value> mapped = new HashMap<>();

    /// Decides about one node.
    @FunctionalInterface
    public interface Step {
        /// Either calls [Rewriter#replace] for the results of `node`, or does nothing to keep it.
        void rewrite(Node node, Rewriter rewriter);
    }

    private Rewriter(Graph source) {
        this.source = source;
        this.target = source.rebuild();
        mapped.put(Value.ABSENT, Value.ABSENT);
        source.inputs().forEach(input -> mapped.put(input, input));
    }

    /// The graph after `step` has seen every node; `source` itself when nothing changed.
    public static Graph rewrite(Graph source, Step step) {
        var rewriter = new Rewriter(source);
        for (Node node : source.nodes()) {
            if (!(node.op() instanceof Input)) {
                step.rewrite(node, rewriter);
                rewriter.keepUnlessReplaced(node);
            }
        }
        source.outputs().forEach((name, value) -> rewriter.target.output(name, rewriter.map(value)));
        Graph result = rewriter.target.build();
        return result.equals(source) ? source : result;
    }

    private void keepUnlessReplaced(Node node) {
        boolean replaced = IntStream.range(0, node.types().size()).mapToObj(node::result).allMatch(mapped::containsKey);
        if (replaced) {
            return;
        }
        List<Value> operands = node.operands().stream().map(this::map).toList();
        Origin origin = source.origin(node);
        Node kept =
                operands.equals(node.operands())
                        ? target.adopt(node, origin)
                        : target.addNode(origin, node.op(), operands);
        for (int i = 0; i < node.types().size(); i++) {
            mapped.putIfAbsent(node.result(i), kept.result(i));
        }
    }

    /// The old graph.
    public Graph source() {
        return source;
    }

    /// The builder of the new graph.
    public GraphBuilder target() {
        return target;
    }

    /// The new value for an old one that was already visited.
    public Value map(Value old) {
        Value value = mapped.get(old);
        if (value == null) {
            throw new AssertionError("not visited yet: " + old);
        }
        return value;
    }

    /// Puts a new value in the place of an old one.
    ///
    /// @throws AssertionError when the element type or rank differs
    public void replace(Value old, Value replacement) {
        if (!GraphVerifier.canReplace(old.type(), replacement.type())) {
            throw new AssertionError("cannot replace " + old + " by " + replacement + ": the types differ");
        }
        mapped.put(old, replacement);
    }
}

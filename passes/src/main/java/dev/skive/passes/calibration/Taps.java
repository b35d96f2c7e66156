package dev.skive.passes.calibration;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import java.util.List;

/// A graph whose inner values are handed out.
public final class Taps {
    private static final String NAME = "tap";

    private Taps() {}

    /// The name of the output that hands out the value asked for at a place.
    public static String name(int place) {
        return NAME + place;
    }

    /// The graph with these values as its only outputs, called as [#name] says.
    public static Graph on(Graph graph, List<Value> values) {
        GraphBuilder builder = graph.rebuild();
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Input)) {
                builder.adopt(node, graph.origin(node));
            }
        }
        ImmutableList<Value> all = ImmutableList.copyOf(values);
        for (int i = 0; i < all.size(); i++) {
            builder.output(name(i), all.get(i));
        }
        return builder.build();
    }
}

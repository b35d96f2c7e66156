package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;

/// Describes one step of a stream as a block.
///
/// @param graph the graph
/// @param step the addition
/// @param after the nodes that the sum goes through before the next block
record BlockBuilder(Graph graph, Step step, ImmutableList<Node> after) {
    Block build(int number) {
        ImmutableSet<Node> nodes =
                ImmutableSet.<Node>builder().addAll(step.body()).add(step.sum()).addAll(after).build();
        return new Block(
                number,
                step.reads(),
                step.skip(),
                step.increment(),
                step.sum(),
                step.body(),
                after,
                BlockKind.of(step),
                NormPlacement.of(graph, step, after),
                new Roles(nodes).find(),
                LayerTemplate.of(nodes, step.reads()));
    }
}

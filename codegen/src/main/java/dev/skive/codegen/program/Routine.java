package dev.skive.codegen.program;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;

/// The steps of one graph, in order. The model's own graph is a routine, and so is every body that an operator runs.
///
/// @param number number within the program; the model's own graph is 0
/// @param graph what it computes
/// @param steps how
public record Routine(int number, Graph graph, ImmutableList<Step> steps) {
    /// One step.
    public sealed interface Step {}

    /// A part of the graph whose sizes are all known when it starts: compiled code.
    ///
    /// @param number number within the program
    /// @param graph the part as a graph of its own
    /// @param inputs what goes in, in the order of its inputs
    /// @param outputs what comes out, in the order of its outputs
    public record Part(int number, Graph graph, ImmutableList<Value> inputs, ImmutableList<Value> outputs)
            implements Step {}

    /// One node that the runtime evaluates.
    ///
    /// @param node the node
    /// @param bodies the routines of its bodies
    public record Apply(Node node, ImmutableList<Routine> bodies) implements Step {}
}

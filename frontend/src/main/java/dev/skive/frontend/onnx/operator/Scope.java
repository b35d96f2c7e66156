package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Type;
import java.util.List;

/// What surrounds a node: names in sight, and how graphs inside the node are imported.
public interface Scope {
    /// A graph as part of the one that is being built, its inputs bound to values.
    ///
    /// @return its outputs
    ImmutableList<Value> inline(GraphProto graph, List<Value> inputs);

    /// A graph of its own, for an operator that runs it.
    ///
    /// @param inputs the types of its inputs
    Inner body(GraphProto graph, List<? extends Type> inputs);

    /// A symbol for a size that only a run can tell, which no other graph of the model uses.
    String freshSymbol(String wanted);

    /// A graph that an operator runs, as it was imported.
    ///
    /// @param graph the graph; after the inputs that the operator gives come the captured values
    /// @param captured values from around it that it uses
    /// @param sizes what the symbols of its inputs mean around it
    record Inner(Graph graph, ImmutableList<Value> captured, ImmutableMap<String, Dim> sizes) {}
}

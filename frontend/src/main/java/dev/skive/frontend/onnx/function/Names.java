package dev.skive.frontend.onnx.function;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The names of values in graphs.
final class Names {
    private Names() {}

    /// Every name that a graph or a graph within it defines or uses.
    static Set<String> in(GraphProto graph) {
        var names = new HashSet<String>();
        collect(graph, names);
        return names;
    }

    private static void collect(GraphProto graph, Set<String> names) {
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
        graph.getSparseInitializerList().forEach(sparse -> names.add(sparse.getValues().getName()));
        for (NodeProto node : graph.getNodeList()) {
            names.addAll(node.getInputList());
            names.addAll(node.getOutputList());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    collect(attribute.getG(), names);
                }
                attribute.getGraphsList().forEach(inner -> collect(inner, names));
            }
        }
    }

    /// A graph with other names.
    ///
    /// @param names new names by old ones
    /// @param nodes gives its nodes new names
    static GraphProto renamed(GraphProto graph, Map<String, String> names, UnaryOperator<NodeProto> nodes) {
        var result = graph.toBuilder().clearNode().clearInput().clearOutput().clearValueInfo();
        graph.getNodeList().forEach(node -> result.addNode(nodes.apply(node)));
        graph.getInputList().forEach(input -> result.addInput(renamed(input, names)));
        graph.getOutputList().forEach(output -> result.addOutput(renamed(output, names)));
        for (TensorProto.Builder tensor : result.getInitializerBuilderList()) {
            tensor.setName(names.getOrDefault(tensor.getName(), tensor.getName()));
        }
        for (SparseTensorProto.Builder sparse : result.getSparseInitializerBuilderList()) {
            TensorProto.Builder values = sparse.getValuesBuilder();
            values.setName(names.getOrDefault(values.getName(), values.getName()));
        }
        return result.build();
    }

    private static ValueInfoProto renamed(ValueInfoProto value, Map<String, String> names) {
        return value.toBuilder().setName(names.getOrDefault(value.getName(), value.getName())).build();
    }

    /// The names a graph defines itself.
    static Set<String> defined(GraphProto graph) {
        var names = new HashSet<String>();
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
        graph.getSparseInitializerList().forEach(sparse -> names.add(sparse.getValues().getName()));
        graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
        return names;
    }
}

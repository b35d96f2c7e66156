package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// The names a node needs from around it: its operands, and what the graphs inside it use without defining it.
final class OuterNames {
    private OuterNames() {}

    /// The names, in order of first use.
    static ImmutableSet<String> of(NodeProto node) {
        var names = new LinkedHashSet<String>();
        add(node, names);
        return ImmutableSet.copyOf(names);
    }

    private static void add(NodeProto node, Set<String> names) {
        node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                add(attribute.getG(), names);
            }
            attribute.getGraphsList().forEach(graph -> add(graph, names));
        }
    }

    private static void add(GraphProto graph, Set<String> names) {
        var used = new LinkedHashSet<String>();
        graph.getNodeList().forEach(node -> add(node, used));
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        var defined = new HashSet<String>();
        graph.getInputList().forEach(input -> defined.add(input.getName()));
        graph.getInitializerList().forEach(tensor -> defined.add(tensor.getName()));
        graph.getSparseInitializerList().forEach(sparse -> defined.add(sparse.getValues().getName()));
        graph.getNodeList().forEach(node -> defined.addAll(node.getOutputList()));
        used.stream().filter(name -> !defined.contains(name)).forEach(names::add);
    }
}

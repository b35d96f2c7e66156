package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.type.Shape;
import java.util.List;

/// One node of the IR while it is written as one or more ONNX nodes.
///
/// @param node the node
/// @param graph its graph
/// @param opset the opset it is written for
/// @param nodes where ONNX nodes go
/// @param sizes where symbolic sizes come from
record NodeWriter(Node node, Graph graph, int opset, ModelNodes nodes, Sizes sizes) {
    /// The name of an operand that is given.
    String operand(int index) {
        return nodes.name(node.operand(index));
    }

    /// True when the operand is given.
    boolean has(int index) {
        return index < node.operands().size() && !node.operand(index).isAbsent();
    }

    /// True when an operand comes from applications of the same ONNX operator as the node.
    boolean isOwn(int index) {
        return graph.origin(node.operand(index).node()).operator().equals(graph.origin(node).operator());
    }

    /// The names of all operands, empty for absent ones.
    ImmutableList<String> operands() {
        return node.operands().stream()
                .map(operand -> operand.isAbsent() ? "" : nodes.name(operand))
                .collect(ImmutableList.toImmutableList());
    }

    /// The shape of an operand.
    Shape shape(int index) {
        return node.operand(index).shape();
    }

    /// Checks that the opset has what is about to be written.
    ///
    /// @throws SkiveException when it came later
    void since(int first, String what) {
        if (opset < first) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    nodes.origin(),
                    "%s cannot be written for opset %d; use %d or later".formatted(what, opset, first));
        }
    }

    /// Adds an ONNX node without attributes.
    String add(String type, String... operands) {
        return nodes.add(type, List.of(operands), List.of());
    }

    /// Adds an ONNX node.
    String add(String type, List<String> operands, AttributeProto... attributes) {
        return nodes.add(type, operands, List.of(attributes));
    }

    /// Adds an ONNX node of which only the second result is used.
    String addSecond(String type, List<String> operands, AttributeProto... attributes) {
        return nodes.addSecond(type, operands, List.of(attributes));
    }

    /// A rank-0 constant of the element type of an operand.
    String scalar(int like, double value) {
        return nodes.constant(TensorData.scalar(node.operand(like).tensor().element(), value));
    }

    /// A constant.
    String constant(TensorData data) {
        return nodes.constant(data);
    }

    /// A rank-1 int64 constant.
    String longs(long... values) {
        return nodes.constant(TensorData.ofLongs(values, values.length));
    }

    /// A value with other known sizes; 0 keeps a size and -1 is what is left over.
    String reshaped(String value, long... sizes) {
        return add("Reshape", value, longs(sizes));
    }

    /// A value with permuted axes.
    String transposed(String value, long... perm) {
        return add("Transpose", List.of(value), OnnxAttributes.integers("perm", perm));
    }
}

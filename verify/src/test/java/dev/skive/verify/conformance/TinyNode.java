package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Models of one node over rows of float32, and their inputs.
final class TinyNode {
    private static final int OPSET = 17;

    private TinyNode() {}

    /// A row of float32.
    static Tensor row(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }

    /// `y = operator(x, ...)`, with inputs of four elements.
    static ModelProto.Builder model(String operator, String... inputs) {
        var node = NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput("y");
        var graph = GraphProto.newBuilder().setName("tiny").addNode(node).addOutput(value("y", true));
        for (String input : inputs) {
            graph.addInput(value(input, true));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph);
    }

    /// The bytes of such a model.
    static byte[] file(String operator, String... inputs) {
        return model(operator, inputs).build().toByteArray();
    }

    /// A declaration of a row of four, or one without a shape.
    static ValueInfoProto value(String name, boolean hasShape) {
        var tensor = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
        if (hasShape) {
            tensor.setShape(
                    TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(4)));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }

    /// A case with what ONNX Runtime computes.
    static CaseFolder correct(java.nio.file.Path root, String name, String operator, Tensor x) {
        return CaseFolder.create(root, name, file(operator, "x")).dataSet(0, ImmutableMap.of("x", x));
    }
}

package dev.skive.cli.verb;

import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tiny ONNX backend tests.
///
/// @param root where they are written
record TinyCases(Path root) {
    private static final float[] X = {-1, 0, 3};

    /// A case of `Relu` with an expected output, which is right when it is 0, 0, 3.
    void relu(String name, float... expected) {
        write(name, "Relu", expected);
    }

    /// A case with an operator that nobody knows.
    void unknown(String name) {
        write(name, "Frobnicate", X);
    }

    private void write(String name, String operator, float... expected) {
        var graph =
                GraphProto.newBuilder()
                        .setName("tiny")
                        .addInput(value("x"))
                        .addNode(NodeProto.newBuilder().setOpType(operator).addInput("x").addOutput("y"))
                        .addOutput(value("y"));
        var model =
                ModelProto.newBuilder()
                        .setIrVersion(8)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .setGraph(graph);
        Path folder = root.resolve(name).resolve("test_data_set_0");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolveSibling("model.onnx"), model.build().toByteArray());
            Files.write(folder.resolve("input_0.pb"), tensor(X).toByteArray());
            Files.write(folder.resolve("output_0.pb"), tensor(expected).toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TensorProto tensor(float... values) {
        var tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT_VALUE).addDims(values.length);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name) {
        var shape = TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(X.length));
        var tensor = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }
}

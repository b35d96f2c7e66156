package dev.skive.cli;

import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Small ONNX files, good ones and bad ones.
///
/// @param folder where they are written
public record TinyModels(Path folder) {
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    /// `y = relu(x * w + b)`, with `x: f32[batch, 3]`.
    public Path good() {
        return write("good.onnx", layer().build());
    }

    /// A model with operators that nobody knows.
    public Path unknownOperators() {
        return write(
                "unknown.onnx",
                layer().addNode(node("Frobnicate", "first", "y", "p"))
                        .addNode(node("Defenestrate", "second", "p", "q"))
                        .addOutput(value("q", "batch", COLUMNS))
                        .build());
    }

    /// A model whose nodes wait for each other.
    public Path cyclic() {
        return write(
                "cyclic.onnx",
                GraphProto.newBuilder()
                        .setName("cyclic")
                        .addInput(value("x", "batch", ROWS))
                        .addNode(node("Add", "left", "x", "right_value", "left_value"))
                        .addNode(node("Relu", "right", "left_value", "right_value"))
                        .addOutput(value("right_value", "batch", ROWS))
                        .build());
    }

    /// A model whose weights should be in a file that is not there.
    public Path missingExternalData() {
        TensorProto weights =
                weights().toBuilder()
                        .clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"))
                        .build();
        return write("external.onnx", layer().setInitializer(0, weights).build());
    }

    /// A model with a hole of other bytes in it.
    public Path corrupted() {
        byte[] bytes = read(good());
        Arrays.fill(bytes, bytes.length / 4, bytes.length / 2, (byte) 0xFF);
        return write("corrupted.onnx", bytes);
    }

    /// The first half of a model.
    public Path truncated() {
        byte[] bytes = read(good());
        return write("truncated.onnx", Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static GraphProto.Builder layer() {
        return GraphProto.newBuilder()
                .setName("tiny")
                .addInput(value("x", "batch", ROWS))
                .addInitializer(weights())
                .addInitializer(floats("b", COLUMNS))
                .addNode(node("MatMul", "product", "x", "w", "xw"))
                .addNode(node("Add", "bias", "xw", "b", "sum"))
                .addNode(node("Relu", "activation", "sum", "y"))
                .addOutput(value("y", "batch", COLUMNS));
    }

    private static TensorProto weights() {
        return floats("w", ROWS, COLUMNS);
    }

    private static TensorProto floats(String name, long... sizes) {
        int count = (int) Arrays.stream(sizes).reduce(1, Math::multiplyExact);
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((i % 5 - 2) / 3f);
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(Arrays.stream(sizes).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    /// A node whose last name is its result.
    private static NodeProto node(String type, String name, String... values) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(name)
                .addAllInput(Arrays.asList(values).subList(0, values.length - 1))
                .addOutput(values[values.length - 1])
                .build();
    }

    private static ValueInfoProto value(String name, String symbol, long size) {
        var shape =
                TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(symbol))
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        var type = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(type)).build();
    }

    private Path write(String name, GraphProto graph) {
        var opset = OperatorSetIdProto.newBuilder().setDomain("").setVersion(17);
        return write(
                name,
                ModelProto.newBuilder().setIrVersion(8).addOpsetImport(opset).setGraph(graph).build().toByteArray());
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.skive.frontend.onnx;

import com.google.common.primitives.Floats;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A small ONNX model put together by a test.
public final class TestModel {
    private final ModelProto.Builder model = ModelProto.newBuilder();

    /// An empty model for an opset.
    public TestModel(int opset) {
        model.setIrVersion(8).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
        model.getGraphBuilder().setName("test");
    }

    /// The message, to change what the methods here do not.
    public ModelProto.Builder proto() {
        return model;
    }

    /// Also imports an opset of another domain.
    public TestModel domain(String domain) {
        return domain(domain, 1);
    }

    /// Also imports a version of the opset of another domain.
    public TestModel domain(String domain, int version) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
        return this;
    }

    /// Adds an input; sizes are numbers or names.
    public TestModel input(String name, ElementType element, Object... sizes) {
        model.getGraphBuilder().addInput(value(name, element, sizes));
        return this;
    }

    /// A declaration; sizes are numbers or names.
    public static ValueInfoProto value(String name, ElementType element, Object... sizes) {
        var shape = TensorShapeProto.newBuilder();
        for (Object size : sizes) {
            shape.addDim(
                    size instanceof Number number
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(number.longValue())
                            : TensorShapeProto.Dimension.newBuilder().setDimParam(size.toString()));
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.number(element)).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }

    /// Adds outputs without a declared type.
    public TestModel output(String... names) {
        for (String name : names) {
            model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(name));
        }
        return this;
    }

    /// Adds an initializer.
    public TestModel constant(String name, TensorData data) {
        model.getGraphBuilder().addInitializer(tensor(name, data));
        return this;
    }

    /// Adds a rank-1 int64 initializer.
    public TestModel longs(String name, long... values) {
        return constant(name, TensorData.ofLongs(values, values.length));
    }

    /// A tensor message with raw bytes, or strings.
    public static TensorProto tensor(String name, TensorData data) {
        var tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(OnnxTypes.number(data.element()))
                        .addAllDims(Longs.asList(data.sizes()));
        if (data.element() == ElementType.STRING) {
            return tensor.addAllStringData(data.text().stream().map(ByteString::copyFromUtf8).toList()).build();
        }
        return tensor.setRawData(ByteString.copyFrom(data.bytes().asByteBuffer())).build();
    }

    /// Adds a node with one result; operands are separated by commas.
    public TestModel node(String type, String operands, String result, AttributeProto... attributes) {
        return nodes(type, operands, List.of(result), attributes);
    }

    /// Adds a node; operands are separated by commas, a domain is put before the type and a colon.
    public TestModel nodes(String type, String operands, List<String> results, AttributeProto... attributes) {
        int colon = type.indexOf(':');
        var node =
                NodeProto.newBuilder()
                        .setName(String.join("", results) + "_node")
                        .setDomain(colon < 0 ? "" : type.substring(0, colon))
                        .setOpType(type.substring(colon + 1))
                        .addAllOutput(results)
                        .addAllAttribute(List.of(attributes));
        if (!operands.isEmpty()) {
            node.addAllInput(List.of(operands.split(",", -1)));
        }
        model.getGraphBuilder().addNode(node);
        return this;
    }

    /// An integer attribute.
    public static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeType.INT).setI(value).build();
    }

    /// An attribute that is a list of integers.
    public static AttributeProto integers(String name, long... values) {
        return attribute(name, AttributeType.INTS).addAllInts(Longs.asList(values)).build();
    }

    /// A real attribute.
    public static AttributeProto real(String name, float value) {
        return attribute(name, AttributeType.FLOAT).setF(value).build();
    }

    /// An attribute that is a list of real numbers.
    public static AttributeProto reals(String name, float... values) {
        return attribute(name, AttributeType.FLOATS).addAllFloats(Floats.asList(values)).build();
    }

    /// A text attribute.
    public static AttributeProto text(String name, String value) {
        return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
    }

    /// An attribute that is a list of texts.
    public static AttributeProto texts(String name, String... values) {
        return attribute(name, AttributeType.STRINGS)
                .addAllStrings(Stream.of(values).map(ByteString::copyFromUtf8).toList())
                .build();
    }

    /// A tensor attribute.
    public static AttributeProto tensor(String name, TensorProto value) {
        return attribute(name, AttributeType.TENSOR).setT(value).build();
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /// The bytes of the file.
    public byte[] bytes() {
        return model.build().toByteArray();
    }

    /// Writes the file.
    public Path write(Path path) {
        return write(path, bytes());
    }

    /// Writes any file.
    public static Path write(Path path, byte[] bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

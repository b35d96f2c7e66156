package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes cases in the layout of ONNX's backend tests.
///
/// @param path the folder of a case
public record CaseFolder(Path path) {
    /// Writes a model.
    public static CaseFolder create(Path root, String name, byte[] model) {
        var folder = new CaseFolder(root.resolve(name));
        write(folder.path.resolve("model.onnx"), model);
        return folder;
    }

    /// Adds a data set with these values, in the order of the model's inputs and outputs.
    public CaseFolder dataSet(int number, List<Tensor> inputs, List<Tensor> outputs) {
        Path folder = path.resolve("test_data_set_" + number);
        for (int i = 0; i < inputs.size(); i++) {
            write(folder.resolve("input_" + i + ".pb"), tensor(inputs.get(i).toData()).toByteArray());
        }
        for (int i = 0; i < outputs.size(); i++) {
            write(folder.resolve("output_" + i + ".pb"), tensor(outputs.get(i).toData()).toByteArray());
        }
        return this;
    }

    /// Adds a data set with what ONNX Runtime computes.
    ///
    /// @param inputs by name, in the order of the model's inputs
    /// @throws dev.skive.ir.SkiveException when ONNX Runtime does not
    public CaseFolder dataSet(int number, Map<String, Tensor> inputs) {
        byte[] model = read(path.resolve("model.onnx"));
        Map<String, Tensor> outputs = expected(model, inputs);
        return dataSet(number, List.copyOf(inputs.values()), outputs(model).stream().map(outputs::get).toList());
    }

    /// What ONNX Runtime computes.
    ///
    /// @throws dev.skive.ir.SkiveException when it does not
    public static ImmutableMap<String, Tensor> expected(byte[] model, Map<String, Tensor> inputs) {
        try (var reference = OrtReference.of(model, new OrtOptions(1, OrtOptions.Optimization.NONE, false))) {
            return reference.run(inputs);
        }
    }

    /// A file of this case.
    public Path file(String name) {
        return path.resolve(name);
    }

    private static List<String> outputs(byte[] model) {
        try {
            GraphProto graph = ModelProto.parseFrom(model).getGraph();
            return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// A tensor message.
    public static TensorProto tensor(TensorData data) {
        var tensor =
                TensorProto.newBuilder()
                        .setDataType(OnnxTypes.number(data.element()))
                        .addAllDims(Longs.asList(data.sizes()));
        return data.element() == ElementType.STRING
                ? tensor.addAllStringData(data.text().stream().map(ByteString::copyFromUtf8).toList()).build()
                : tensor.setRawData(ByteString.copyFrom(data.bytes().asByteBuffer())).build();
    }

    /// Writes a file and the folders it is in.
    public static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes a folder.
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
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

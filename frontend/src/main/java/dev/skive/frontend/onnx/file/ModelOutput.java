package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.file.ReplacedFile;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Writes a model file and, when its weights are large, a data file beside it. Weights go from where they are to the file
/// without passing through the Java heap.
public final class ModelOutput {
    /// Room that a message of less than 2 GB leaves for everything but weights.
    private static final long MAXIMUM_INLINE = Integer.MAX_VALUE - (64L << 20);

    /// Smaller tensors stay in the model file.
    private static final long SMALLEST_EXTERNAL = 1024;

    /// Data starts at multiples of this, so that readers can map each tensor.
    private static final long ALIGNMENT = 4096;

    private final Path target;
    private final long threshold;

    /// Output to a file.
    ///
    /// @param path the model file
    /// @param threshold bytes of weights beyond which they go to the data file
    public ModelOutput(Path path, long threshold) {
        this.target = path.toAbsolutePath().normalize();
        this.threshold = Math.min(threshold, MAXIMUM_INLINE);
    }

    /// Writes a model with these constants as initializers.
    ///
    /// @throws SkiveException when a file cannot be written
    public void write(ModelProto model, ImmutableMap<String, TensorData> constants) {
        long total = constants.values().stream().mapToLong(data -> data.bytes().byteSize()).sum();
        ModelProto.Builder complete = model.toBuilder();
        try {
            if (total > threshold) {
                writeExternal(complete, constants);
            } else {
                constants.forEach((name, data) -> complete.getGraphBuilder().addInitializer(inline(name, data)));
            }
            var message = complete.build();
            try (var file = new ReplacedFile(target)) {
                try (var stream = Channels.newOutputStream(file.channel())) {
                    message.writeTo(stream);
                }
                file.commit();
            }
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write '%s': %s".formatted(target, e.getMessage()), e);
        }
    }

    private void writeExternal(ModelProto.Builder model, ImmutableMap<String, TensorData> constants)
            throws IOException {
        Path data = dataFile();
        try (var file = new ReplacedFile(data)) {
            FileChannel channel = file.channel();
            for (Map.Entry<String, TensorData> entry : constants.entrySet()) {
                TensorData tensor = entry.getValue();
                if (tensor.bytes().byteSize() < SMALLEST_EXTERNAL) {
                    model.getGraphBuilder().addInitializer(inline(entry.getKey(), tensor));
                } else {
                    long offset = Math.ceilDiv(channel.position(), ALIGNMENT) * ALIGNMENT;
                    channel.position(offset);
                    copy(tensor.bytes(), channel);
                    model.getGraphBuilder()
                            .addInitializer(
                                    header(entry.getKey(), tensor)
                                            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                            .addExternalData(entry("location", data.getFileName().toString()))
                                            .addExternalData(entry("offset", Long.toString(offset)))
                                            .addExternalData(
                                                    entry("length", Long.toString(tensor.bytes().byteSize()))));
                }
            }
            file.commit();
        }
    }

    /// The data file is always the model's neighbour, whatever names the graph has; a link in its place is refused.
    private Path dataFile() {
        String name = Optional.ofNullable(target.getFileName()).map(Path::toString).orElse("model.onnx");
        Path data = target.resolveSibling(name + ".data");
        if (Files.isSymbolicLink(data)) {
            throw new SkiveException(
                    ExitCode.REFUSED, "'%s' is a symbolic link; weights are not written through links".formatted(data));
        }
        return data;
    }

    private static void copy(MemorySegment bytes, FileChannel channel) throws IOException {
        long chunk = 1L << 30;
        for (long at = 0; at < bytes.byteSize(); at += chunk) {
            ByteBuffer buffer = bytes.asSlice(at, Math.min(chunk, bytes.byteSize() - at)).asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static TensorProto inline(String name, TensorData data) {
        TensorProto.Builder tensor = header(name, data);
        if (data.element() == ElementType.STRING) {
            data.text().forEach(text -> tensor.addStringData(ByteString.copyFromUtf8(text)));
        } else {
            tensor.setRawData(UnsafeByteOperations.unsafeWrap(data.bytes().asByteBuffer()));
        }
        return tensor.build();
    }

    private static TensorProto.Builder header(String name, TensorData data) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.number(data.element()))
                .addAllDims(Longs.asList(data.sizes()));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}

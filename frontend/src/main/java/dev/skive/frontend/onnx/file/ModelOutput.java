package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.file.ModelMessage.Initializer;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.file.ReplacedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
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
        try {
            boolean isLarge = total > threshold;
            ImmutableList<Initializer> initializers = isLarge ? writeExternal(constants) : inline(constants);
            try (var file = new ReplacedFile(target)) {
                new ModelMessage(model, initializers).writeTo(file.channel());
                file.commit();
            }
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write '%s': %s".formatted(target, e.getMessage()), e);
        }
    }

    private static ImmutableList<Initializer> inline(ImmutableMap<String, TensorData> constants) {
        return constants.entrySet().stream()
                .map(entry -> inline(entry.getKey(), entry.getValue()))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Initializer> writeExternal(ImmutableMap<String, TensorData> constants) throws IOException {
        Path data = dataFile();
        var initializers = ImmutableList.<Initializer>builder();
        try (var file = new ReplacedFile(data)) {
            FileChannel channel = file.channel();
            for (Map.Entry<String, TensorData> entry : constants.entrySet()) {
                TensorData tensor = entry.getValue();
                if (tensor.bytes().byteSize() < SMALLEST_EXTERNAL) {
                    initializers.add(inline(entry.getKey(), tensor));
                    continue;
                }
                long offset = Math.ceilDiv(channel.position(), ALIGNMENT) * ALIGNMENT;
                channel.position(offset);
                ReplacedFile.copy(tensor.bytes(), channel);
                var header =
                        header(entry.getKey(), tensor)
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(entry("location", data.getFileName().toString()))
                                .addExternalData(entry("offset", Long.toString(offset)))
                                .addExternalData(entry("length", Long.toString(tensor.bytes().byteSize())));
                initializers.add(new Initializer(header.build(), MemorySegment.NULL));
            }
            file.commit();
        }
        return initializers.build();
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

    private static Initializer inline(String name, TensorData data) {
        TensorProto.Builder header = header(name, data);
        data.text().forEach(text -> header.addStringData(ByteString.copyFromUtf8(text)));
        return new Initializer(header.build(), data.bytes());
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

package dev.skive.frontend.onnx.file;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.onnx.file.WireReader.WireException;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A model file, mapped into memory. Only its structure is parsed; weights stay where they are. The garbage collector
/// releases the mapping after the last constant in it.
public final class ModelFile implements RawData {
    private final ModelSkeleton skeleton;
    private final ModelProto model;

    private ModelFile(ModelSkeleton skeleton, ModelProto model) {
        this.skeleton = skeleton;
        this.model = model;
    }

    /// Maps and parses a file.
    ///
    /// @throws SkiveException when it is missing, too large, or not an ONNX model
    public static ModelFile open(Path path, Limits limits) {
        return of(map(path, limits), path, limits);
    }

    /// Parses a file that lies in memory.
    ///
    /// @param path names the file in messages
    /// @throws SkiveException when it is not an ONNX model
    public static ModelFile of(MemorySegment bytes, Path path, Limits limits) {
        limits.require(Limit.MODEL_BYTES, bytes.byteSize(), "'%s'".formatted(path));
        if (bytes.byteSize() == 0) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "'%s' is empty".formatted(path));
        }
        var skeleton = new ModelSkeleton(bytes, new Meter(limits));
        try {
            var model = ModelProto.parseFrom(skeleton.bytes());
            if (!model.hasGraph() || !model.hasIrVersion()) {
                throw new SkiveException(
                        ExitCode.INVALID_MODEL,
                        "'%s' is not an ONNX model: it has no %s"
                                .formatted(path, model.hasGraph() ? "ir_version" : "graph"));
            }
            return new ModelFile(skeleton, model);
        } catch (InvalidProtocolBufferException | WireException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "'%s' is not an ONNX model, or is damaged or cut off (%s)".formatted(path, e.getMessage()),
                    e);
        }
    }

    private static MemorySegment map(Path path, Limits limits) {
        if (Files.isDirectory(path)) {
            throw new SkiveException(ExitCode.IO, "'%s' is a folder, expected an ONNX file".formatted(path));
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new SkiveException(ExitCode.IO, "'%s' is a device or pipe, expected an ONNX file".formatted(path));
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            limits.require(Limit.MODEL_BYTES, size, "'%s'".formatted(path));
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    /// The message; the `raw_data` of its tensors are references for [#raw].
    public ModelProto model() {
        return model;
    }

    /// The bytes in the file that the `raw_data` of a tensor of [#model()] stands for.
    @Override
    public MemorySegment raw(ByteString reference) {
        return skeleton.resolve(reference);
    }
}

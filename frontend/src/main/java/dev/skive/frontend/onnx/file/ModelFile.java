package dev.skive.frontend.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.skive.frontend.onnx.Limits;
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

/// A model file, mapped into memory. Tensor bytes of the parsed message lie in the mapping; the garbage collector
/// releases it after the last of them.
public final class ModelFile {
    private ModelFile() {}

    /// Maps and parses a file.
    ///
    /// @throws SkiveException when it is missing, too large, or not an ONNX model
    public static ModelProto read(Path path, Limits limits) {
        MemorySegment bytes = map(path, limits);
        try {
            // An input over an immutable byte string is the one that hands out slices instead of copies.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes.asByteBuffer()).newCodedInput();
            input.enableAliasing(true);
            var model = ModelProto.parseFrom(input);
            if (!model.hasGraph() || !model.hasIrVersion()) {
                throw new SkiveException(
                        ExitCode.INVALID_MODEL,
                        "'%s' is not an ONNX model: it has no %s"
                                .formatted(path, model.hasGraph() ? "ir_version" : "graph"));
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "'%s' is not an ONNX model, or is damaged or cut off (%s)".formatted(path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    private static MemorySegment map(Path path, Limits limits) {
        if (Files.isDirectory(path)) {
            throw new SkiveException(ExitCode.IO, "'%s' is a folder, expected an ONNX file".formatted(path));
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Math.min(limits.modelBytes(), Integer.MAX_VALUE)) {
                throw new SkiveException(
                        ExitCode.REFUSED,
                        "'%s' has %d bytes, the limit is %d; weights of larger models belong into external data"
                                .formatted(path, size, Math.min(limits.modelBytes(), Integer.MAX_VALUE)));
            }
            if (size == 0) {
                throw new SkiveException(ExitCode.INVALID_MODEL, "'%s' is empty".formatted(path));
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }
}

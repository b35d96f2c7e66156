package dev.skive.frontend.weights;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.weights.SafetensorsHeader.Entry;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// A file in the safetensors format, mapped into memory: eight bytes with the length of a header, the header, and the
/// bytes of all tensors without a gap. Nothing is read but the header. The file is untrusted, and whatever the format's
/// own reader refuses is refused.
///
/// @param tensors by name, in the order of their bytes
/// @param metadata what the writer says about the file
public record Safetensors(ImmutableMap<String, TensorData> tensors, ImmutableMap<String, String> metadata) {
    /// As in the format's own reader.
    private static final long MAXIMUM_HEADER = 100_000_000;

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Maps a file.
    ///
    /// @throws SkiveException when the file is missing, damaged, or holds elements that have no type here
    public static Safetensors read(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new SkiveException(ExitCode.IO, "'%s' is not a plain file".formatted(path));
            }
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                String where = "'%s'".formatted(path);
                long size = channel.size();
                if (size < Long.BYTES) {
                    throw invalid(where, "%d bytes are no safetensors file".formatted(size));
                }
                return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto()), where);
            }
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    /// The tensors of a file that lies in memory.
    ///
    /// @param where names the file in messages
    /// @throws SkiveException when it is damaged, or holds elements that have no type here
    public static Safetensors read(MemorySegment file, String where) {
        if (file.byteSize() < Long.BYTES) {
            throw invalid(where, "%d bytes are no safetensors file".formatted(file.byteSize()));
        }
        long length = file.get(LENGTH, 0);
        if (length < 0 || length > file.byteSize() - Long.BYTES) {
            throw invalid(
                    where,
                    "a header of %s bytes in a file of %d".formatted(Long.toUnsignedString(length), file.byteSize()));
        }
        if (length > MAXIMUM_HEADER) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "%s: a header of %d bytes, the limit is %d".formatted(where, length, MAXIMUM_HEADER));
        }
        byte[] text = file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        SafetensorsHeader header = new SafetensorsParser(where).parse(text);
        MemorySegment data = file.asSlice(Long.BYTES + length);
        var tensors = ImmutableMap.<String, TensorData>builder();
        long end = 0;
        for (Entry entry : header.inOrder()) {
            if (entry.begin() != end) {
                throw invalid(
                        where,
                        "tensor '%s' begins at byte %d, expected %d: bytes overlap or belong to no tensor"
                                .formatted(entry.name(), entry.begin(), end));
            }
            end = entry.end();
            if (end > data.byteSize()) {
                throw invalid(where, "tensor '%s' ends at byte %d of %d".formatted(entry.name(), end, data.byteSize()));
            }
            MemorySegment bytes = data.asSlice(entry.begin(), end - entry.begin());
            TensorData stored = TensorData.wrap(entry.element(), entry.sizes().toArray(), bytes);
            tensors.put(entry.name(), restored(entry.name(), stored, header, where));
        }
        if (end != data.byteSize()) {
            throw invalid(where, "%d bytes follow the last tensor".formatted(data.byteSize() - end));
        }
        return new Safetensors(tensors.buildOrThrow(), header.metadata());
    }

    private static TensorData restored(String name, TensorData stored, SafetensorsHeader header, String where) {
        try {
            return SafetensorsType.restored(name, stored, header.metadata());
        } catch (IllegalArgumentException e) {
            throw invalid(where, "tensor '%s': %s".formatted(name, e.getMessage()));
        }
    }

    /// Writes a file. The largest elements come first, so that all are aligned; equal tensors give equal bytes.
    ///
    /// @throws SkiveException when the file cannot be written
    public static void write(Map<String, TensorData> tensors, Path path) {
        new SafetensorsWriter(tensors).write(path);
    }

    private static SkiveException invalid(String where, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "%s: %s".formatted(where, problem));
    }
}

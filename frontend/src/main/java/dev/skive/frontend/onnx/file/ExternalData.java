package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Tensor bytes in files beside the model. A model is untrusted: its data must lie in a plain file inside its folder.
public final class ExternalData {
    private static final ImmutableSet<String> KEYS = ImmutableSet.of("location", "offset", "length", "checksum");

    private final ModelFolder folder;
    private final ImportOptions options;
    private final Meter meter;
    private final Checksums checksums = new Checksums();

    /// External data of a model file.
    public ExternalData(Path model, ImportOptions options) {
        Path parent = model.toAbsolutePath().normalize().getParent();
        this.folder = new ModelFolder(parent == null ? model.toAbsolutePath() : parent, options.allowLinks());
        this.options = options;
        this.meter = new Meter(options.limits());
    }

    /// The bytes of a tensor, of which exactly `expected` are needed.
    ///
    /// @throws SkiveException when the file is missing, unsafe or too short
    public MemorySegment map(TensorProto tensor, long expected) {
        Map<String, String> entries = entries(tensor);
        String location = entries.getOrDefault("location", "");
        long offset = number(tensor, entries, "offset", 0);
        long length = number(tensor, entries, "length", expected);
        if (length != expected) {
            throw invalid(tensor, "external data has length %d, the type takes %d bytes".formatted(length, expected));
        }
        meter.take(Limit.EXTERNAL_BYTES, expected, "tensor '%s'".formatted(tensor.getName()));
        Path file = resolve(tensor, location);
        try (var channel = open(file)) {
            long size = channel.size();
            if (offset > size || expected > size - offset) {
                throw invalid(
                        tensor,
                        "external data takes bytes %d to %d of '%s', which has only %d"
                                .formatted(offset, offset + expected, location, size));
            }
            checksums.check(tensor, entries.get("checksum"), file, channel);
            return expected == 0
                    ? MemorySegment.NULL
                    : channel.map(FileChannel.MapMode.READ_ONLY, offset, expected, Arena.ofAuto());
        } catch (IOException e) {
            throw new SkiveException(
                    ExitCode.IO, message(tensor, "cannot read external data '%s'".formatted(location)), e);
        }
    }

    /// What was a plain file a moment ago must not have become a link.
    private FileChannel open(Path file) throws IOException {
        return options.allowLinks()
                ? FileChannel.open(file, StandardOpenOption.READ)
                : FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static Map<String, String> entries(TensorProto tensor) {
        var entries = new HashMap<String, String>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (!KEYS.contains(entry.getKey())) {
                throw refused(tensor, "unknown external data key '%s', known are %s".formatted(entry.getKey(), KEYS));
            }
            if (entries.put(entry.getKey(), entry.getValue()) != null) {
                throw refused(tensor, "external data key '%s' is given twice".formatted(entry.getKey()));
            }
        }
        return entries;
    }

    private static long number(TensorProto tensor, Map<String, String> entries, String key, long absent) {
        String text = entries.getOrDefault(key, Long.toString(absent));
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative number.
        }
        throw invalid(tensor, "external data %s '%s' is not a size".formatted(key, text));
    }

    private Path resolve(TensorProto tensor, String location) {
        try {
            return folder.resolve(location, "external data");
        } catch (SkiveException e) {
            throw new SkiveException(e.code(), message(tensor, e.getMessage()), e);
        }
    }

    private static SkiveException refused(TensorProto tensor, String problem) {
        return new SkiveException(ExitCode.REFUSED, message(tensor, problem));
    }

    private static SkiveException invalid(TensorProto tensor, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, message(tensor, problem));
    }

    private static String message(TensorProto tensor, String problem) {
        return "tensor '%s': %s".formatted(tensor.getName(), problem);
    }
}

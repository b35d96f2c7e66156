package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Tensor bytes in files beside the model. A model is untrusted: its data must lie in a plain file inside its folder.
public final class ExternalData {
    private static final ImmutableSet<String> KEYS = ImmutableSet.of("location", "offset", "length", "checksum");

    /// A part `..` anywhere (on Windows also with dots or spaces after it), a root, or a scheme or drive: what any system
    /// might take for a way out is refused on every system.
    private static final Pattern LEADS_OUT =
            Pattern.compile(
                    "(^|[/\\\\])\\s*\\.\\.[. ]*([/\\\\]|$)|^[/\\\\~]|^[A-Za-z][A-Za-z0-9+.-]*:|_ORT_MEM_ADDR_|\\p{Cntrl}");

    private final Path folder;
    private final ImportOptions options;
    private final Meter meter;
    private final Checksums checksums = new Checksums();

    /// External data of a model file.
    public ExternalData(Path model, ImportOptions options) {
        Path parent = model.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? model.toAbsolutePath() : parent;
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
        Path relative = relative(tensor, location);
        Path file = folder.resolve(relative);
        if (!Files.exists(file)) {
            throw new SkiveException(
                    ExitCode.IO,
                    message(tensor, "external data file '%s' is missing in '%s'".formatted(location, folder)));
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw refused(tensor, "external data '%s' is not a plain file".formatted(location));
            }
            if (!options.allowLinks()) {
                refuseLinks(tensor, location, file);
            }
            return file;
        } catch (IOException e) {
            throw new SkiveException(
                    ExitCode.IO, message(tensor, "cannot read external data '%s'".formatted(location)), e);
        }
    }

    private static Path relative(TensorProto tensor, String location) {
        if (location.isEmpty()) {
            throw refused(tensor, "external data has no location");
        }
        try {
            Path path = Path.of(location);
            if (path.isAbsolute() || LEADS_OUT.matcher(location).find()) {
                throw refused(tensor, "external data '%s' is not inside the model's folder".formatted(location));
            }
            return path;
        } catch (InvalidPathException e) {
            throw refused(tensor, "external data location is not a path: %s".formatted(e.getReason()));
        }
    }

    private void refuseLinks(TensorProto tensor, String location, Path file) throws IOException {
        Path expected = folder.toRealPath().resolve(folder.relativize(file.normalize()));
        if (!file.toRealPath().equals(expected)) {
            throw refused(
                    tensor, "external data '%s' leads through a symbolic link; copy the file".formatted(location));
        }
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (unix && ((Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)) > 1) {
            throw refused(tensor, "external data '%s' is a hard link; copy the file".formatted(location));
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

package dev.skive.frontend.weights;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// NumPy's `.npz` format: a zip of `.npy` entries, one per named array.
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final Pattern LEADS_OUT =
            Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\]|$)|^[A-Za-z]:|^\\\\|\\p{Cntrl}");
    private static final int MAXIMUM_ARRAYS = 10_000;
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /// The arrays of a file by name, in the order of the file.
    ///
    /// @param maximumBytes limit of all arrays together
    /// @throws SkiveException when the file is missing, not such a file, or exceeds the limit
    public static ImmutableMap<String, TensorData> read(Path path, long maximumBytes) {
        try (var zip = new ZipFile(path.toFile())) {
            if (zip.size() > MAXIMUM_ARRAYS) {
                throw new SkiveException(
                        ExitCode.REFUSED,
                        "'%s' has %d arrays, the limit is %d".formatted(path, zip.size(), MAXIMUM_ARRAYS));
            }
            return arrays(zip, path, maximumBytes);
        } catch (ZipException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "'%s' is not a .npz file, or is damaged: %s".formatted(path, e.getMessage()),
                    e);
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    private static ImmutableMap<String, TensorData> arrays(ZipFile zip, Path path, long maximumBytes)
            throws IOException {
        var arrays = new LinkedHashMap<String, TensorData>();
        long left = maximumBytes;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!entry.getName().endsWith(SUFFIX)) {
                continue;
            }
            String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
            try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                TensorData data = Npy.read(in, "'%s', array '%s'".formatted(path, name), left);
                left -= data.bytes().byteSize();
                if (arrays.put(name, data) != null) {
                    throw new SkiveException(
                            ExitCode.INVALID_MODEL, "'%s' has two arrays called '%s'".formatted(path, name));
                }
            }
        }
        return ImmutableMap.copyOf(arrays);
    }

    /// Whoever unpacks the file must not be led out of their folder: names come from models.
    private static String entryName(String name) {
        if (LEADS_OUT.matcher(name).find()) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "array '%s' cannot be written: its name leads out of the archive".formatted(name));
        }
        return name + SUFFIX;
    }

    /// Writes arrays without compression; equal arrays give equal bytes.
    ///
    /// @throws SkiveException when the file cannot be written, or a name leads out of the archive
    public static void write(Map<String, TensorData> arrays, Path path) {
        try (OutputStream file = Files.newOutputStream(path);
                var zip = new ZipOutputStream(new BufferedOutputStream(file))) {
            zip.setLevel(0);
            for (Map.Entry<String, TensorData> array : arrays.entrySet()) {
                var entry = new ZipEntry(entryName(array.getKey()));
                entry.setTimeLocal(FIXED_TIME);
                zip.putNextEntry(entry);
                Npy.write(array.getValue(), zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write '%s': %s".formatted(path, e.getMessage()), e);
        }
    }
}

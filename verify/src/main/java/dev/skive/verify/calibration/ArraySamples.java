package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.Closer;
import dev.skive.frontend.weights.NpyRows;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Samples in arrays, one array per input: the first axis counts the samples.
///
/// @param inputs of the model
/// @param where names the data in messages
/// @param files opens the arrays, each as the bytes of a `.npy` file
/// @param maximumBytes limit of one sample of one input
public record ArraySamples(ModelInputs inputs, String where, Source files, long maximumBytes) implements Samples {
    private static final String SUFFIX = ".npy";

    /// Opens arrays.
    @FunctionalInterface
    interface Source {
        /// The arrays by name.
        ///
        /// @param closer closes them
        Map<String, InputStream> open(Closer closer) throws IOException;
    }

    /// The arrays of a `.npz` file.
    public static ArraySamples ofArchive(ModelInputs inputs, Path file, long maximumBytes) {
        return new ArraySamples(inputs, "'" + file + "'", closer -> entries(file, closer), maximumBytes);
    }

    /// A `.npy` file per input.
    static ArraySamples ofFiles(
            ModelInputs inputs, Path folder, ImmutableSortedMap<String, Path> files, long maximumBytes) {
        return new ArraySamples(
                inputs,
                "'" + folder + "'",
                closer -> {
                    var streams = new LinkedHashMap<String, InputStream>();
                    for (Map.Entry<String, Path> file : files.entrySet()) {
                        streams.put(file.getKey(), closer.register(Files.newInputStream(file.getValue())));
                    }
                    return streams;
                },
                maximumBytes);
    }

    private static Map<String, InputStream> entries(Path file, Closer closer) throws IOException {
        var streams = new LinkedHashMap<String, InputStream>();
        var zip = closer.register(new ZipFile(file.toFile()));
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.getName().endsWith(SUFFIX)) {
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                streams.put(name, closer.register(zip.getInputStream(entry)));
            }
        }
        return streams;
    }

    @Override
    public Stream<ImmutableMap<String, Tensor>> open() {
        var closer = Closer.create();
        try {
            var rows = new LinkedHashMap<String, NpyRows>();
            for (Map.Entry<String, InputStream> stream : files.open(closer).entrySet()) {
                String array = "%s, array '%s'".formatted(where, stream.getKey());
                var buffered = new BufferedInputStream(stream.getValue());
                rows.put(stream.getKey(), NpyRows.open(buffered, array, maximumBytes));
            }
            inputs.requireNames(rows.keySet(), where);
            return LongStream.range(0, count(rows)).mapToObj(i -> next(rows, i)).onClose(() -> close(closer));
        } catch (IOException e) {
            close(closer);
            throw unreadable(e);
        } catch (RuntimeException e) {
            close(closer);
            throw e;
        }
    }

    private long count(Map<String, NpyRows> rows) {
        long[] counts = rows.values().stream().mapToLong(NpyRows::count).distinct().toArray();
        if (counts.length > 1) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "%s has different numbers of samples for the inputs of the model: %s"
                            .formatted(where, rows.values()));
        }
        return counts.length == 0 ? 0 : counts[0];
    }

    private ImmutableMap<String, Tensor> next(Map<String, NpyRows> rows, long number) {
        try {
            var sample = new LinkedHashMap<String, TensorData>();
            for (Map.Entry<String, NpyRows> row : rows.entrySet()) {
                sample.put(row.getKey(), row.getValue().next());
            }
            return inputs.sample(sample, "%s, sample %d".formatted(where, number));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SkiveException unreadable(IOException e) {
        return new SkiveException(ExitCode.IO, "cannot read %s: %s".formatted(where, e.getMessage()), e);
    }

    private static void close(Closer closer) {
        try {
            closer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

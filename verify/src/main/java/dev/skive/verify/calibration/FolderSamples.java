package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.MoreFiles;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.file.StoredValue;
import dev.skive.frontend.onnx.file.ValueFile;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.weights.Npy;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Samples in a folder, read in the order of their names.
///
/// - Folders `test_data_set_N` with `input_M.pb` or `.npy`, as in ONNX's tests: each is a sample, M counts the inputs.
/// - `.npz` files: each is a sample with an array per input.
/// - `.npy` files called after the inputs of the model: the first axis counts the samples.
/// - Other `.npy` files, for a model with one input: each is a sample.
///
/// @param inputs of the model
/// @param folder the folder
/// @param maximumBytes limit of one sample
public record FolderSamples(ModelInputs inputs, Path folder, long maximumBytes) {
    private static final Pattern DATA_SET = Pattern.compile("test_data_set_[0-9]{1,9}");
    private static final Pattern INPUT = Pattern.compile("input_[0-9]{1,9}\\.(pb|npy)");

    /// The samples.
    ///
    /// @throws SkiveException when the folder has none
    public Samples samples() {
        ImmutableList<Path> all = list(folder);
        ImmutableList<Path> dataSets = named(all, DATA_SET);
        if (!dataSets.isEmpty()) {
            return () -> dataSets.stream().map(this::dataSet);
        }
        ImmutableList<Path> archives = ending(all, "npz");
        if (!archives.isEmpty()) {
            return () -> archives.stream().map(file -> inputs.sample(Npz.read(file, maximumBytes), "'" + file + "'"));
        }
        return arrays(ending(all, "npy"));
    }

    private Samples arrays(ImmutableList<Path> files) {
        Set<String> names = files.stream().map(MoreFiles::getNameWithoutExtension).collect(Collectors.toSet());
        if (names.equals(inputs.types().keySet())) {
            ImmutableSortedMap<String, Path> byName =
                    files.stream()
                            .collect(
                                    ImmutableSortedMap.toImmutableSortedMap(
                                            Comparator.naturalOrder(),
                                            MoreFiles::getNameWithoutExtension,
                                            file -> file));
            return ArraySamples.ofFiles(inputs, folder, byName, maximumBytes);
        }
        if (files.isEmpty() || inputs.types().size() != 1) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "'%s' holds no samples for the inputs %s: expected folders test_data_set_N, .npz files, or .npy files called "
                                    .formatted(folder, inputs.types().keySet())
                            + "after the inputs");
        }
        String input = inputs.types().keySet().iterator().next();
        return () -> files.stream().map(file -> inputs.sample(ImmutableMap.of(input, array(file)), "'" + file + "'"));
    }

    private TensorData array(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return Npy.read(in, "'" + file + "'", maximumBytes);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private ImmutableMap<String, Tensor> dataSet(Path set) {
        ImmutableList<Path> files = named(list(set), INPUT);
        ImmutableList<String> names = inputs.types().keySet().asList();
        var arrays = new LinkedHashMap<String, TensorData>();
        for (Path file : files) {
            int number = Integer.parseInt(MoreFiles.getNameWithoutExtension(file).substring("input_".length()));
            if (number >= names.size()) {
                throw new SkiveException(
                        ExitCode.USAGE, "'%s': the model has only the inputs %s".formatted(file, names));
            }
            arrays.put(names.get(number), stored(file));
        }
        return inputs.sample(arrays, "'" + set + "'");
    }

    private static TensorData stored(Path file) {
        StoredValue value =
                ValueFile.of(file, ImportOptions.DEFAULT)
                        .read(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.getDefaultInstance()).build());
        if (value instanceof StoredValue.OfTensor(TensorData data)) {
            return data;
        }
        throw new AssertionError("not a tensor: " + value);
    }

    private static ImmutableList<Path> named(ImmutableList<Path> files, Pattern pattern) {
        return files.stream()
                .filter(file -> pattern.matcher(String.valueOf(file.getFileName())).matches())
                .sorted(Comparator.comparingInt(FolderSamples::length).thenComparing(Path::toString))
                .collect(ImmutableList.toImmutableList());
    }

    /// Shorter names first, so that numbers are in order.
    private static int length(Path file) {
        return file.toString().length();
    }

    private static ImmutableList<Path> ending(ImmutableList<Path> files, String ending) {
        return files.stream()
                .filter(file -> MoreFiles.getFileExtension(file).equals(ending))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static SkiveException unreadable(Path path, IOException e) {
        return new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
    }
}

package dev.skive.verify.conformance;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.verify.conformance.TestCase.DataSet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder with ONNX backend tests at any depth: each folder with a `model.onnx` is a case, its folders
/// `test_data_set_N` hold `input_N.pb` and `output_N.pb` (or `.npy`).
///
/// @param root the folder
public record CaseTree(Path root) {
    private static final String MODEL = "model.onnx";
    private static final Pattern DATA_SET = Pattern.compile("test_data_set_(\\d{1,9})");
    private static final Pattern INPUT = Pattern.compile("input_(\\d{1,9})\\.(pb|npy)");
    private static final Pattern OUTPUT = Pattern.compile("output_(\\d{1,9})\\.(pb|npy)");

    /// The cases whose names are wanted, by name.
    ///
    /// @throws SkiveException when the folder cannot be read, or holds no case at all
    public ImmutableList<TestCase> cases(Predicate<String> wanted) {
        ImmutableList<Path> models = models();
        if (models.isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE, "'%s' holds no test cases: no folder below it has a %s".formatted(root, MODEL));
        }
        return models.stream()
                .filter(model -> wanted.test(name(model)))
                .map(model -> new TestCase(name(model), model, dataSets(model.resolveSibling("."))))
                .sorted(Comparator.comparing(TestCase::name))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Path> models() {
        if (!Files.isDirectory(root)) {
            throw new SkiveException(ExitCode.IO, "no such folder: '%s'".formatted(root));
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith(MODEL) && Files.isRegularFile(file))
                    .collect(ImmutableList.toImmutableList());
        } catch (UncheckedIOException e) {
            throw unreadable(root, requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private String name(Path model) {
        Path folder = model.resolveSibling(".").normalize();
        String name = root.normalize().relativize(folder).toString().replace(File.separatorChar, '/');
        return name.isEmpty() ? String.valueOf(root.toAbsolutePath().normalize().getFileName()) : name;
    }

    private static ImmutableList<DataSet> dataSets(Path folder) {
        var sets = new TreeMap<Integer, Path>();
        list(folder).forEach(path -> number(DATA_SET, path).ifPresent(number -> sets.put(number, path)));
        return sets.values().stream().map(CaseTree::dataSet).collect(ImmutableList.toImmutableList());
    }

    private static DataSet dataSet(Path folder) {
        var inputs = new TreeMap<Integer, Path>();
        var outputs = new TreeMap<Integer, Path>();
        for (Path file : list(folder)) {
            number(INPUT, file).ifPresent(number -> inputs.put(number, file));
            number(OUTPUT, file).ifPresent(number -> outputs.put(number, file));
        }
        return new DataSet(
                String.valueOf(folder.getFileName()),
                ImmutableSortedMap.copyOfSorted(inputs),
                ImmutableSortedMap.copyOfSorted(outputs));
    }

    private static java.util.Optional<Integer> number(Pattern pattern, Path path) {
        Matcher matcher = pattern.matcher(String.valueOf(path.getFileName()));
        return matcher.matches()
                ? java.util.Optional.of(Integer.valueOf(matcher.group(1)))
                : java.util.Optional.empty();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder.normalize())) {
            return new ArrayList<>(files.toList());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static SkiveException unreadable(Path path, IOException e) {
        return new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
    }
}

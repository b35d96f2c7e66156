package dev.skive.verify.operator;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An operator of the ONNX standard and its history.
///
/// @param domain `ai.onnx` for the standard domain
/// @param name its name
/// @param versions the opsets in which it began or changed, oldest first
/// @param training whether it is for training only
/// @param deprecated the opset from which on it is deprecated, if it is
public record OnnxOperator(
        String domain, String name, ImmutableList<Integer> versions, boolean training, Optional<Integer> deprecated) {
    /// Oldest opset that Skive reads.
    public static final int OLDEST = 7;

    /// Newest opset in the list.
    public static final int NEWEST = 27;

    private static final String RESOURCE = "onnx-operators.tsv";
    private static final String DEPRECATED = "deprecated=";

    /// All operators through opset 27, by domain and name.
    public static ImmutableList<OnnxOperator> all() {
        try (InputStream in = OnnxOperator.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new AssertionError("the resource " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OnnxOperator::parse)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OnnxOperator parse(String line) {
        List<String> cells = Splitter.on('\t').splitToList(line);
        List<String> notes = cells.subList(3, cells.size());
        return new OnnxOperator(
                cells.get(0),
                cells.get(1),
                Splitter.on(',')
                        .splitToStream(cells.get(2))
                        .map(Integer::valueOf)
                        .collect(ImmutableList.toImmutableList()),
                notes.contains("training"),
                notes.stream()
                        .filter(note -> note.startsWith(DEPRECATED))
                        .map(note -> Integer.valueOf(note.substring(DEPRECATED.length())))
                        .findFirst());
    }

    /// The forms of the operator that models Skive reads can contain: the version that was current in the oldest opset,
    /// and all later ones that are not deprecations.
    public ImmutableList<Form> forms() {
        int first = IntStream.range(0, versions.size()).filter(i -> versions.get(i) <= OLDEST).max().orElse(0);
        return IntStream.range(first, versions.size())
                .filter(i -> deprecated.isEmpty() || versions.get(i) < deprecated.get())
                .mapToObj(i -> new Form(versions.get(i), i + 1 < versions.size() ? versions.get(i + 1) - 1 : NEWEST))
                .collect(ImmutableList.toImmutableList());
    }

    /// A form of an operator.
    ///
    /// @param since the opset in which it began
    /// @param until the last opset that has it
    public record Form(int since, int until) {
        /// The first opset Skive reads that has it.
        public int opset() {
            return Math.max(since, OLDEST);
        }
    }
}

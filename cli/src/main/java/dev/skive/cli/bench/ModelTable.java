package dev.skive.cli.bench;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/// Measurements of many models as text, each written as soon as it is there: many models take many minutes.
public final class ModelTable {
    private static final String LINE = "%9s  %10s  %10s  %s";

    /// The heads of the columns; times are in milliseconds.
    public static final String HEAD = LINE.formatted("ort/skive", "skive ms", "ort ms", "model");

    private ModelTable() {}

    /// One model.
    ///
    /// @param model its file
    /// @param rows what was measured
    /// @param failure why nothing was, empty otherwise
    public record Entry(String model, ImmutableList<SideBySide.Row> rows, String failure) {}

    /// A line per measurement of a model, or one that says why there is none.
    public static String lines(Entry entry) {
        if (entry.rows().isEmpty()) {
            return LINE.formatted("-", "-", "-", entry.model() + ": " + entry.failure());
        }
        return entry.rows().stream()
                .map(row ->
                        LINE.formatted(
                                "%.2f".formatted(row.ratio()),
                                "%.3f".formatted(row.skive().medianMillis()),
                                "%.3f".formatted(row.onnxRuntime().medianMillis()),
                                entry.model() + "  " + row.shape()))
                .collect(Collectors.joining("\n"));
    }
}

package dev.skive.cli.bench;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Table;

/// Measurements of many models as text.
public final class ModelTable {
    private ModelTable() {}

    /// One model.
    ///
    /// @param model its file
    /// @param rows what was measured
    /// @param failure why nothing was, empty otherwise
    public record Entry(String model, ImmutableList<SideBySide.Row> rows, String failure) {}

    /// A line per model, times in milliseconds.
    public static String of(ImmutableList<Entry> entries) {
        var table = new Table("model", "sizes", "skive ms", "ort ms", "ort/skive");
        entries.forEach(entry -> {
            if (entry.rows().isEmpty()) {
                table.row(entry.model(), entry.failure(), "-", "-", "-");
            }
            entry.rows()
                    .forEach(row ->
                            table.row(
                                    entry.model(),
                                    row.shape(),
                                    "%.3f".formatted(row.skive().medianMillis()),
                                    "%.3f".formatted(row.onnxRuntime().medianMillis()),
                                    "%.2f".formatted(row.ratio())));
        });
        return table.toString();
    }
}

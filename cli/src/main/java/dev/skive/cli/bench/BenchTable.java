package dev.skive.cli.bench;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Table;

/// Measurements as text.
public final class BenchTable {
    private BenchTable() {}

    /// A line per comparison, times in milliseconds.
    public static String of(ImmutableList<SideBySide.Row> rows) {
        var table = new Table("sizes", "threads", "engine", "skive ms", "min", "ort ms", "min", "ort/skive");
        rows.forEach(row ->
                table.row(
                        row.shape(),
                        row.threads(),
                        row.engine(),
                        millis(row.skive().medianMillis()),
                        millis(row.skive().minimumMillis()),
                        millis(row.onnxRuntime().medianMillis()),
                        millis(row.onnxRuntime().minimumMillis()),
                        "%.2f".formatted(row.ratio())));
        return table.toString();
    }

    private static String millis(double value) {
        return (value < 10 ? "%.3f" : "%.2f").formatted(value);
    }
}

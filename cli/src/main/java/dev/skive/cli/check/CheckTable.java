package dev.skive.cli.check;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Table;
import java.util.Map;
import java.util.stream.Collectors;

/// The outcome of checks as text.
public final class CheckTable {
    private CheckTable() {}

    /// Prints a line per case, and what is known about the cases that failed.
    ///
    /// @return whether there were cases and all passed
    public static boolean print(ImmutableList<CheckRow> rows, Console console) {
        var table = new Table("engine", "against", "sizes", "masks", "relative L2", "max abs", "result");
        rows.forEach(row ->
                table.row(
                        row.engine(),
                        row.reference(),
                        sizes(row.sizes()),
                        row.masks(),
                        "%.2e".formatted(row.relativeL2()),
                        "%.2e".formatted(row.maxAbsolute()),
                        row.passed() ? "pass" : "FAIL"));
        console.print(table.toString());
        rows.stream()
                .filter(row -> !row.passed())
                .forEach(row ->
                        row.details()
                                .forEach(detail ->
                                        console.print(
                                                "FAIL %s, %s: %s"
                                                        .formatted(row.engine(), sizes(row.sizes()), detail))));
        rows.stream().filter(CheckRow::passed).flatMap(row -> row.details().stream()).forEach(console::detail);
        long failed = rows.stream().filter(row -> !row.passed()).count();
        if (failed > 0 || rows.isEmpty()) {
            console.error("%d of %d checks failed".formatted(failed, rows.size()));
            return false;
        }
        return true;
    }

    private static String sizes(Map<String, Long> sizes) {
        return sizes.values().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}

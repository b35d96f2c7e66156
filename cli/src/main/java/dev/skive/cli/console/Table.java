package dev.skive.cli.console;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A table in plain text: columns as wide as their widest cell, numbers to the right.
public final class Table {
    private static final String GAP = "  ";

    private final List<ImmutableList<String>> rows = new ArrayList<>();

    /// A table with these column heads.
    public Table(String... heads) {
        rows.add(ImmutableList.copyOf(heads));
    }

    /// Adds a row with a cell for each column.
    public Table row(Object... cells) {
        var row = ImmutableList.<String>builder();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row.build());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths =
                IntStream.range(0, columns)
                        .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                        .toArray();
        var text = new StringBuilder();
        for (ImmutableList<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(
                        isNumeric(column)
                                ? Strings.padStart(cell, widths[column], ' ')
                                : Strings.padEnd(cell, widths[column], ' '));
                line.append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[-+]?[0-9].*|-|NaN|Infinity"));
    }
}

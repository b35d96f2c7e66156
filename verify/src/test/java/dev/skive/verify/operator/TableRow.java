package dev.skive.verify.operator;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A row of the table of operators.
///
/// @param head the operator, its opsets and whether it can be imported
/// @param types the element types whose samples pass
/// @param missing the element types some of whose samples do not
record TableRow(String head, ImmutableSet<String> types, ImmutableSet<String> missing) {
    private static final Splitter CELLS = Splitter.on('|').trimResults();
    private static final Pattern TYPE = Pattern.compile("[a-z]+\\d\\w*|bool|string");
    private static final Pattern REASONS = Pattern.compile("\\([^)]*:[^)]*\\)");
    private static final int HEAD = 4;
    private static final int TYPES = 7;
    private static final int MISSING = 8;

    /// What a table says that is made from a part of the samples, and that the whole table does not say.
    static List<String> contradictions(String part, String whole) {
        List<TableRow> found = rows(part);
        List<TableRow> documented = rows(whole);
        var contradictions = new ArrayList<String>();
        if (found.size() != documented.size()) {
            contradictions.add("%d rows instead of %d".formatted(documented.size(), found.size()));
        }
        for (int i = 0; i < Math.min(found.size(), documented.size()); i++) {
            if (found.get(i).contradicts(documented.get(i))) {
                contradictions.add("%s, found %s".formatted(documented.get(i), found.get(i)));
            }
        }
        return contradictions;
    }

    /// A type that passes here may have another sample that does not.
    private boolean contradicts(TableRow whole) {
        Set<String> known = Sets.union(whole.types, whole.missing);
        return !head.equals(whole.head) || !known.containsAll(types) || !whole.missing.containsAll(missing);
    }

    private static List<TableRow> rows(String table) {
        return table.lines().filter(line -> line.startsWith("| `")).map(TableRow::parse).toList();
    }

    private static TableRow parse(String line) {
        List<String> cells = CELLS.splitToList(line);
        return new TableRow(
                String.join(" ", cells.subList(1, HEAD)),
                types(cells.get(TYPES)),
                types(REASONS.matcher(cells.get(MISSING)).replaceAll("")));
    }

    private static ImmutableSet<String> types(String cell) {
        return TYPE.matcher(cell).results().map(found -> found.group()).collect(ImmutableSet.toImmutableSet());
    }
}

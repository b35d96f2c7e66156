package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.verify.conformance.CaseResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What cases are known to end with: one line per case, its name, a tab and its status.
///
/// @param statuses by name
public record ExpectTable(ImmutableSortedMap<String, Status> statuses) {
    /// The table of a report.
    public static ExpectTable of(ConformanceReport report) {
        return new ExpectTable(
                report.results().stream()
                        .collect(
                                ImmutableSortedMap.toImmutableSortedMap(
                                        String::compareTo, CaseResult::name, CaseResult::status)));
    }

    /// Reads the text of a table; empty lines and lines that begin with `#` mean nothing.
    ///
    /// @throws SkiveException when a line is not one of a table
    public static ExpectTable parse(List<String> lines) {
        var statuses = new TreeMap<String, Status>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                int tab = line.lastIndexOf('\t');
                Status old = statuses.put(tab < 0 ? "" : line.substring(0, tab), status(line, tab, i + 1));
                if (old != null) {
                    throw wrong(i + 1, "a second line for the same case");
                }
            }
        }
        return new ExpectTable(ImmutableSortedMap.copyOfSorted(statuses));
    }

    private static Status status(String line, int tab, int number) {
        if (tab < 0) {
            throw wrong(number, "expected a case, a tab and a status, found '" + line + "'");
        }
        try {
            return Status.valueOf(line.substring(tab + 1).strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(number, "expected passed, unsupported or failed, found '" + line.substring(tab + 1) + "'");
        }
    }

    private static SkiveException wrong(int number, String problem) {
        return new SkiveException(ExitCode.USAGE, "line %d of the table: %s".formatted(number, problem));
    }

    /// The text of this table.
    public String text() {
        return statuses.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// How a report differs from this table.
    ///
    /// @param regressions cases that end worse than they did, or are gone
    /// @param improvements cases that end better
    /// @param unknown cases that the table does not have
    public record Changes(
            ImmutableList<String> regressions, ImmutableList<String> improvements, ImmutableList<String> unknown) {}

    /// Compares a report with this table.
    ///
    /// @param ran tells of a name whether the case would have run, had it been there
    public Changes changes(ConformanceReport report, Predicate<String> ran) {
        Map<String, CaseResult> results =
                report.results().stream().collect(ImmutableMap.toImmutableMap(CaseResult::name, result -> result));
        var regressions = new ArrayList<String>();
        var improvements = new ArrayList<String>();
        statuses.forEach((name, expected) -> {
            CaseResult found = results.get(name);
            if (found == null) {
                if (ran.test(name)) {
                    regressions.add("%s: was %s, is gone".formatted(name, expected));
                }
            } else if (found.status().compareTo(expected) > 0) {
                regressions.add("%s: was %s, is %s: %s".formatted(name, expected, found.status(), found.reason()));
            } else if (found.status() != expected) {
                improvements.add("%s: was %s, is %s".formatted(name, expected, found.status()));
            }
        });
        ImmutableList<String> unknown =
                report.results().stream()
                        .filter(result -> !statuses.containsKey(result.name()))
                        .map(result -> "%s: is %s".formatted(result.name(), result.status()))
                        .collect(ImmutableList.toImmutableList());
        return new Changes(ImmutableList.copyOf(regressions), ImmutableList.copyOf(improvements), unknown);
    }
}

package dev.skive.passes;

import com.google.common.collect.ImmutableCollection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/// Suggestions for names that do not exist.
public final class Nearest {
    private Nearest() {}

    /// Words that name the known names, and the one most like `found` when it is close.
    public static String hint(String found, ImmutableCollection<String> known) {
        String list =
                known.isEmpty()
                        ? "there are none"
                        : "known are " + known.stream().sorted().collect(Collectors.joining(", "));
        return list + suggestion(found, known);
    }

    /// The known name most like `found` as a question; nothing when none is close.
    public static String suggestion(String found, ImmutableCollection<String> known) {
        return to(found, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static Optional<String> to(String found, ImmutableCollection<String> known) {
        int farthest = Math.max(2, found.length() / 3);
        return known.stream()
                .filter(name -> distance(found, name) <= farthest)
                .min(
                        Comparator.comparingInt((String name) -> distance(found, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Levenshtein distance.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

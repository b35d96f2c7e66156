package dev.skive.frontend.lang;

import com.google.common.base.Ascii;
import com.google.common.collect.Streams;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// The name that was perhaps meant.
final class Suggestion {
    private Suggestion() {}

    /// `; did you mean 'x'?` when a known name is close to what was written, else nothing.
    static String of(String found, Iterable<String> known) {
        return nearest(found, known).map("; did you mean '%s'?"::formatted).orElse("");
    }

    private static Optional<String> nearest(String found, Iterable<String> known) {
        String wanted = Ascii.toLowerCase(found);
        // Any two letters are alike.
        int limit = found.length() < 3 ? 0 : Math.max(1, found.length() / 3);
        record Candidate(String name, int distance) {}
        return Streams.stream(known)
                .filter(name -> Math.abs(name.length() - found.length()) <= limit)
                .map(name -> new Candidate(name, distance(wanted, Ascii.toLowerCase(name))))
                .filter(candidate -> candidate.distance <= limit)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /// How many letters must be put in, left out or exchanged to make one word of another.
    private static int distance(String a, String b) {
        int[] above = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}

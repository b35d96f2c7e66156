package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Lists;
import dev.skive.verify.input.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One run of a check: sizes of the symbols, kind of masks, seed of the inputs.
///
/// @param sizes values of the graph's symbols
/// @param masks what masks look like
/// @param seed of the inputs
public record Case(ImmutableSortedMap<String, Long> sizes, Masks masks, long seed) {
    /// Every combination of sizes, with full and padded masks.
    ///
    /// @param sizes the values each symbol takes
    /// @param seed of the inputs of the first case, each following case has the next
    public static ImmutableList<Case> grid(Map<String, List<Long>> sizes, long seed) {
        List<String> symbols = sizes.keySet().stream().sorted().toList();
        List<List<Long>> values = new ArrayList<>();
        symbols.forEach(symbol -> values.add(sizes.getOrDefault(symbol, List.of())));
        var cases = ImmutableList.<Case>builder();
        long next = seed;
        for (List<Long> chosen : Lists.cartesianProduct(values)) {
            var named = ImmutableMap.<String, Long>builder();
            for (int i = 0; i < chosen.size(); i++) {
                named.put(symbols.get(i), chosen.get(i));
            }
            for (Masks masks : Masks.values()) {
                cases.add(new Case(ImmutableSortedMap.copyOf(named.buildOrThrow()), masks, next++));
            }
        }
        return cases.build();
    }

    @Override
    public String toString() {
        String text =
                sizes.entrySet().stream()
                        .map(size -> size.getKey() + "=" + size.getValue())
                        .collect(Collectors.joining(" "));
        return "%s %s masks, seed %d".formatted(text, masks.name().toLowerCase(Locale.ROOT), seed);
    }
}

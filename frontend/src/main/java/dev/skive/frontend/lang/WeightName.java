package dev.skive.frontend.lang;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/// What the name of a weight says about the part of the network it belongs to: `encoder.layer.3.attention.query.bias` is
/// for `query`, and within `layer` 3 it is `attention.query.bias`. A name without parts says nothing.
///
/// @param parts its parts
record WeightName(ImmutableList<String> parts) {
    private static final Splitter SPLITTER = Splitter.on(CharMatcher.anyOf("./")).omitEmptyStrings();

    static WeightName of(String name) {
        return new WeightName(ImmutableList.copyOf(SPLITTER.split(name)));
    }

    /// What it is a weight of: the last word before the one that says which weight it is.
    Optional<String> owner() {
        return lastWord(parts.size() - 1);
    }

    private Optional<String> lastWord(int end) {
        return parts.subList(0, Math.max(0, end)).reverse().stream().filter(WeightName::isWord).findFirst();
    }

    private static boolean isWord(String part) {
        return Character.isLetter(part.charAt(0)) && !part.contains(":");
    }

    /// What the names of one weight in several layers have in common.
    ///
    /// @param layer the last word before the part that tells the layers apart
    /// @param rest what comes after that part
    record Common(Optional<String> layer, String rest) {}

    /// What names have in common that differ in one part only.
    static Optional<Common> common(List<String> names) {
        List<WeightName> layers = names.stream().map(WeightName::of).toList();
        WeightName first = layers.getFirst();
        int differing = 0;
        while (differing < first.parts.size() && isAlike(layers, differing)) {
            differing++;
        }
        int after = differing + 1;
        if (after >= first.parts.size()) {
            return Optional.empty();
        }
        ImmutableList<String> rest = first.parts.subList(after, first.parts.size());
        boolean isCommon =
                layers.stream()
                        .map(WeightName::parts)
                        .allMatch(parts ->
                                parts.size() == first.parts.size() && parts.subList(after, parts.size()).equals(rest));
        return isCommon ? Optional.of(new Common(first.lastWord(differing), String.join("_", rest))) : Optional.empty();
    }

    private static boolean isAlike(List<WeightName> layers, int at) {
        String part = layers.getFirst().parts.get(at);
        return layers.stream().allMatch(name -> at < name.parts.size() && name.parts.get(at).equals(part));
    }
}

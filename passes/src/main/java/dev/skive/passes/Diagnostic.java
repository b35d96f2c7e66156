package dev.skive.passes;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import java.util.stream.Collectors;

/// What a pass has to say to the user, above all why it did not apply.
///
/// @param source the pass or rule
/// @param message in words
/// @param nodes the nodes it is about
public record Diagnostic(String source, String message, ImmutableList<Origin> nodes) {
    private static final int SHOWN = 3;

    /// A diagnostic about the graph as a whole.
    public static Diagnostic of(String source, String message) {
        return new Diagnostic(source, message, ImmutableList.of());
    }

    @Override
    public String toString() {
        String where = nodes.stream().limit(SHOWN).map(Origin::toString).collect(Collectors.joining("; "));
        String more = nodes.size() > SHOWN ? "; and " + (nodes.size() - SHOWN) + " more" : "";
        return source + ": " + message + (nodes.isEmpty() ? "" : " (" + where + more + ")");
    }
}

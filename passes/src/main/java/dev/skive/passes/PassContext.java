package dev.skive.passes;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// What a pass is given besides the graph.
///
/// @param seed of everything random
/// @param events who hears diagnostics, fired rules and progress
/// @param foldedBytes how much folding constants may add to a model
public record PassContext(long seed, PassEvents events, long foldedBytes) {
    private static final long FOLDED_BYTES = 1L << 28;

    /// A context that lets folding add 256 MB.
    public PassContext(long seed, PassEvents events) {
        this(seed, events, FOLDED_BYTES);
    }

    /// A context with seed 0 whose events nobody hears.
    public static PassContext quiet() {
        return new PassContext(0, PassEvents.IGNORED);
    }

    /// Says something about the graph as a whole.
    public void say(Pass pass, String message) {
        events.diagnostic(Diagnostic.of(pass.name(), message));
    }

    /// Says something about nodes.
    public void say(Pass pass, String message, ImmutableList<Origin> nodes) {
        events.diagnostic(new Diagnostic(pass.name(), message, nodes));
    }
}

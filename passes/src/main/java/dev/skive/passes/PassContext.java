package dev.skive.passes;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// What a pass is given besides the graph.
///
/// @param seed of everything random
/// @param events who hears diagnostics, fired rules and progress
public record PassContext(long seed, PassEvents events) {
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

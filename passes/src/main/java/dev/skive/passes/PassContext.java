package dev.skive.passes;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.passes.calibration.ActivationSource;

/// What a pass is given besides the graph.
///
/// @param seed of everything random
/// @param events who hears diagnostics, fired rules and progress
/// @param foldedBytes how much folding constants may add to a model
/// @param activations values of graphs on calibration data
public record PassContext(long seed, PassEvents events, long foldedBytes, ActivationSource activations) {
    private static final long FOLDED_BYTES = 1L << 28;

    /// A context without calibration data that lets folding add 256 MB.
    public PassContext(long seed, PassEvents events) {
        this(seed, events, FOLDED_BYTES, ActivationSource.NONE);
    }

    /// The same context with another listener.
    public PassContext withEvents(PassEvents listener) {
        return new PassContext(seed, listener, foldedBytes, activations);
    }

    /// The same context with calibration data.
    public PassContext withActivations(ActivationSource source) {
        return new PassContext(seed, events, foldedBytes, source);
    }

    /// The same context with another limit to what folding may add.
    public PassContext withFoldedBytes(long bytes) {
        return new PassContext(seed, events, bytes, activations);
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

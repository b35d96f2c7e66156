package dev.skive.passes;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Origin;
import dev.skive.passes.calibration.ActivationSource;
import java.util.Optional;

/// What a pass is given besides the graph.
///
/// @param seed of everything random
/// @param events who hears diagnostics, fired rules and progress
/// @param foldedBytes how much folding constants may add to a model
/// @param activations values of graphs on calibration data
/// @param exactly the graph before the first pass that changes answers, for passes that repair what others did
public record PassContext(
        long seed, PassEvents events, long foldedBytes, ActivationSource activations, Optional<Graph> exactly) {
    private static final long FOLDED_BYTES = 1L << 28;

    /// A context without calibration data that lets folding add 256 MB.
    public PassContext(long seed, PassEvents events) {
        this(seed, events, FOLDED_BYTES, ActivationSource.NONE, Optional.empty());
    }

    /// The same context with another listener.
    public PassContext withEvents(PassEvents listener) {
        return new PassContext(seed, listener, foldedBytes, activations, exactly);
    }

    /// The same context with calibration data.
    public PassContext withActivations(ActivationSource source) {
        return new PassContext(seed, events, foldedBytes, source, exactly);
    }

    /// The same context with the graph that answers as the model does.
    public PassContext withExactly(Graph graph) {
        return new PassContext(seed, events, foldedBytes, activations, Optional.of(graph));
    }

    /// The same context with another limit to what folding may add.
    public PassContext withFoldedBytes(long bytes) {
        return new PassContext(seed, events, bytes, activations, exactly);
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

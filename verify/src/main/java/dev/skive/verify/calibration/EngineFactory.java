package dev.skive.verify.calibration;

import dev.skive.ir.graph.Graph;
import dev.skive.verify.Engine;

/// Makes engines of graphs.
@FunctionalInterface
public interface EngineFactory {
    /// An engine that runs a graph until it is closed.
    ///
    /// @throws dev.skive.ir.SkiveException when the engine cannot run it
    Engine open(Graph graph);
}

package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import dev.skive.passes.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;

/// How cases are run.
///
/// @param engines what runs them; a case has to pass on all
/// @param pipeline passes over the graph before it is run
/// @param timeLimit of one case
/// @param comparer decides what is close enough
/// @param workers threads that run cases side by side
/// @param seed of the passes
public record ConformanceOptions(
        ImmutableList<CaseEngine> engines,
        Optional<Pipeline> pipeline,
        Duration timeLimit,
        ValueComparer comparer,
        int workers,
        long seed) {
    private static final int USUAL_WORKERS = 4;

    /// The usual options for engines: one minute for a case, no passes.
    public static ConformanceOptions of(CaseEngine... engines) {
        return new ConformanceOptions(
                ImmutableList.copyOf(engines),
                Optional.empty(),
                Duration.ofMinutes(1),
                ValueComparer.DEFAULT,
                usualWorkers(),
                0);
    }

    /// As many workers as the machine has processors, but not more than memory has room for.
    public static int usualWorkers() {
        return Math.min(Runtime.getRuntime().availableProcessors(), USUAL_WORKERS);
    }

    /// Whether any engine needs compiled classes.
    boolean compiles() {
        return engines.stream().anyMatch(engine -> engine != CaseEngine.INTERPRETER);
    }

    /// These options with another time limit.
    public ConformanceOptions withTimeLimit(Duration limit) {
        return new ConformanceOptions(engines, pipeline, limit, comparer, workers, seed);
    }

    /// These options with passes.
    public ConformanceOptions withPipeline(Pipeline passes) {
        return new ConformanceOptions(engines, Optional.of(passes), timeLimit, comparer, workers, seed);
    }
}

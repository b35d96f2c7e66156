package dev.skive.passes.rule.instance;

import java.util.Random;

/// How much is tried. The usual build tries the same graphs every time, so that it says the same of the same sources; with
/// `-Dskive.full=true` there are many more, and new ones each time unless `-Dskive.seed` says which.
///
/// @param seed of everything that is random
/// @param firings how often each rule is to be judged
/// @param graphs at most tried for that
/// @param pool graphs that a mistaken rule is tried on
/// @param onnxRuntime how often each rule is to be judged by ONNX Runtime too
public record Effort(long seed, int firings, int graphs, int pool, int onnxRuntime) {
    /// A rule that is judged less often fails.
    public static final int LEAST_FIRINGS = 50;

    /// The effort of this build.
    public static final Effort OF_BUILD =
            Boolean.getBoolean("skive.full")
                    ? new Effort(Long.getLong("skive.seed", new Random().nextLong()), 1000, 60_000, 3000, 300)
                    : new Effort(Long.getLong("skive.seed", 1), 60, 3000, 120, 16);

    /// A source of numbers for one rule, whatever other rules there are.
    public Random random(String rule) {
        return new Random(seed ^ rule.hashCode());
    }
}

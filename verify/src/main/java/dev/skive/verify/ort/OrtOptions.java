package dev.skive.verify.ort;

/// How ONNX Runtime runs a model.
///
/// @param threads threads inside an operator; operators themselves run one after the other
/// @param optimization how far it rewrites the model first
/// @param spinning whether idle threads spin before they sleep, which is faster and burns a core
public record OrtOptions(int threads, Optimization optimization, boolean spinning) {
    /// How far ONNX Runtime rewrites a model.
    public enum Optimization {
        /// Node by node as the file says.
        NONE,
        /// Constant folding and redundant nodes.
        BASIC,
        /// Also fusions.
        EXTENDED,
        /// Also memory layouts; its default.
        ALL
    }

    /// One thread, everything optimized.
    public static final OrtOptions DEFAULT = new OrtOptions(1, Optimization.ALL, true);

    /// Checks the number of threads.
    public OrtOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, found " + threads);
        }
    }

    /// These options with another number of threads.
    public OrtOptions withThreads(int count) {
        return new OrtOptions(count, optimization, spinning);
    }

    /// These options with another optimization level.
    public OrtOptions withOptimization(Optimization level) {
        return new OrtOptions(threads, level, spinning);
    }

    /// These options with or without spinning.
    public OrtOptions withSpinning(boolean enabled) {
        return new OrtOptions(threads, optimization, enabled);
    }
}

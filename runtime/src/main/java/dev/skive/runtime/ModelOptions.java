package dev.skive.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a model runs on this machine. Neither option changes what it computes beyond rounding, and the number of threads
/// does not change even that.
///
/// @param threads workers that share one call, 1 to 512
/// @param instructionSet the kernels to use
public record ModelOptions(int threads, InstructionSet instructionSet) {
    /// The most threads a model can use.
    public static final int MAX_THREADS = 512;

    /// System property that replaces the default number of threads.
    public static final String THREADS_PROPERTY = "skive.threads";

    /// System property that replaces the default instruction set: `vector`, `scalar` or `auto`.
    public static final String INSTRUCTION_SET_PROPERTY = "skive.instructionSet";

    /// More than this helps one call little, and a machine that large usually serves several calls at once.
    private static final int DEFAULT_THREADS = 16;

    public ModelOptions {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("expected 1 to %d threads, found %d".formatted(MAX_THREADS, threads));
        }
    }

    /// One thread for each processor this JVM may use (container limits count), at most 16, and the instruction set that
    /// fits the JVM, unless the system properties `skive.threads` and `skive.instructionSet` say otherwise.
    ///
    /// @throws IllegalArgumentException when one of the properties has a value that makes no sense
    public static ModelOptions defaults() {
        return of(System.getProperty(THREADS_PROPERTY), System.getProperty(INSTRUCTION_SET_PROPERTY));
    }

    static ModelOptions of(@Nullable String threads, @Nullable String instructionSet) {
        return new ModelOptions(threadsOf(threads), instructionSetOf(instructionSet));
    }

    private static int threadsOf(@Nullable String text) {
        if (text == null) {
            return Math.min(Runtime.getRuntime().availableProcessors(), DEFAULT_THREADS);
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s: expected 1 to %d, found '%s'".formatted(THREADS_PROPERTY, MAX_THREADS, text), e);
        }
    }

    private static InstructionSet instructionSetOf(@Nullable String text) {
        return switch (text == null ? "auto" : text.toLowerCase(Locale.ROOT)) {
            case "auto" -> InstructionSet.AUTO;
            case "vector" -> InstructionSet.VECTOR;
            case "scalar" -> InstructionSet.SCALAR;
            default ->
                    throw new IllegalArgumentException(
                            "%s: expected auto, vector or scalar, found '%s'"
                                    .formatted(INSTRUCTION_SET_PROPERTY, text));
        };
    }

    /// These options with another number of threads.
    ///
    /// @throws IllegalArgumentException when it is not in 1 to 512
    public ModelOptions withThreads(int count) {
        return new ModelOptions(count, instructionSet);
    }

    /// These options with another instruction set.
    public ModelOptions withInstructionSet(InstructionSet set) {
        return new ModelOptions(threads, set);
    }
}

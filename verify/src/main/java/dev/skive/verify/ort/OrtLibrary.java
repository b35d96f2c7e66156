package dev.skive.verify.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The native library of ONNX Runtime, loaded once.
///
/// While it starts it matches the command line of the process against regular expressions, recursively: a command line
/// of a few kilobytes, as a class path easily makes it, overflows an ordinary stack and ends the process. It starts in a
/// thread whose stack is large enough for the longest command line.
public final class OrtLibrary {
    private static final long STACK_BYTES = 1L << 30;

    private OrtLibrary() {}

    /// The version of ONNX Runtime.
    public static String version() {
        return environment().getVersion();
    }

    /// The one environment of this process.
    static OrtEnvironment environment() {
        var started = new CompletableFuture<OrtEnvironment>();
        new Thread(null, () -> start(started), "onnxruntime-start", STACK_BYTES).start();
        try {
            return started.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LinkageError missing) {
                throw missing;
            }
            throw failure;
        }
    }

    private static void start(CompletableFuture<OrtEnvironment> started) {
        try {
            started.complete(OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
        } catch (RuntimeException | LinkageError failure) {
            started.completeExceptionally(failure);
        }
    }
}

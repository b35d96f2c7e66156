package dev.skive.frontend.onnx;

/// Where warnings go: things a user should know that do not stop the work.
@FunctionalInterface
public interface Diagnostics {
    /// Takes a warning, one sentence without a line break at the end.
    void warn(String message);

    /// Drops every warning.
    static Diagnostics silent() {
        return message -> {};
    }
}

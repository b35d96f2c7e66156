package dev.skive.frontend.hostile;

import dev.skive.frontend.onnx.TestModel;

/// A model made to do harm, and what becomes of it.
///
/// @param name of its file, without the ending
/// @param bytes the file
/// @param status the exit status of every verb; 0 when it can be compiled, its harm being undone
/// @param message part of the one error message; empty for status 0
@SuppressWarnings("ArrayRecordComponent")
public record HostileModel(String name, byte[] bytes, int status, String message) {
    /// A model that is refused as unsafe or too large.
    static HostileModel refused(String name, TestModel model, String message) {
        return new HostileModel(name, model.bytes(), 4, message);
    }

    /// A model that is invalid.
    static HostileModel invalid(String name, TestModel model, String message) {
        return new HostileModel(name, model.bytes(), 3, message);
    }

    /// Bytes that are no model.
    static HostileModel damaged(String name, byte[] bytes) {
        return new HostileModel(name, bytes, 3, bytes.length == 0 ? "is empty" : "is not an ONNX model");
    }

    /// A model that can be compiled.
    static HostileModel harmless(String name, TestModel model) {
        return new HostileModel(name, model.bytes(), 0, "");
    }

    /// The name of its file.
    String file() {
        return name + ".onnx";
    }

    /// Its line in the list of all.
    String line() {
        return "%s\t%d\t%s".formatted(file(), status, message);
    }

    /// Its name, for the names of tests.
    @Override
    public String toString() {
        return name;
    }
}

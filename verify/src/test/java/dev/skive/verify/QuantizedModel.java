package dev.skive.verify;

import java.nio.file.Path;

/// The real models of the tests that compute with 8-bit integers: weights quantized in the file, activations at run time.
enum QuantizedModel {
    MINI_LM("all-minilm-l6-v2-q.onnx"),
    BGE_SMALL("bge-small-en-v1.5-q.onnx");

    private final String resource;

    QuantizedModel(String resource) {
        this.resource = resource;
    }

    /// The model copied out of its jar, once per build folder.
    Path file() {
        return ModelFiles.file(resource);
    }
}

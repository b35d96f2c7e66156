package dev.skive.verify;

import java.nio.file.Path;

/// The real models of the tests, as files.
public enum EmbeddingModel {
    MINI_LM("all-minilm-l6-v2.onnx"),
    BGE_SMALL("bge-small-en-v1.5.onnx");

    private final String resource;

    EmbeddingModel(String resource) {
        this.resource = resource;
    }

    /// The model copied out of its jar, once per build folder.
    public Path file() {
        return ModelFiles.file(resource);
    }
}

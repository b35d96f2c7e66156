package dev.skive.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Models on the class path, as files.
public final class ModelFiles {
    private ModelFiles() {}

    /// A model copied out of its jar, once per build folder.
    public static Path file(String resource) {
        Path file = Path.of("target", "models", resource);
        try (InputStream bytes = ModelFiles.class.getResourceAsStream("/" + resource)) {
            if (bytes == null) {
                throw new AssertionError(resource + " is not on the class path");
            }
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path partial = Files.createTempFile(file.getParent(), "model", ".part");
                Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

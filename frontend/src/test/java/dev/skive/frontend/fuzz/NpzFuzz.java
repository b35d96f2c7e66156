package dev.skive.frontend.fuzz;

import dev.skive.frontend.weights.Npz;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a zip of NumPy arrays, which must be a file.
public final class NpzFuzz {
    private static final long LIMIT = 1 << 22;
    private static final Path FILE = file();

    private NpzFuzz() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("skive-fuzz", ".npz");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Files.write(FILE, bytes);
            Npz.read(FILE, LIMIT);
        } catch (SkiveException expected) {
            Expected.check(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

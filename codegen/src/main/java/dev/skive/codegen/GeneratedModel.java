package dev.skive.codegen;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.weights.ModelWeights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// The source of a model's classes and its weights.
///
/// @param options how it was generated
/// @param plan what it runs
/// @param sources Java source by path relative to a source folder
/// @param weightsName name of the weights file, which belongs beside the classes
/// @param weights its contents
public record GeneratedModel(
        CodegenOptions options,
        KernelPlan plan,
        ImmutableMap<String, String> sources,
        String weightsName,
        ModelWeights weights) {
    /// The full name of the public class.
    public String mainClass() {
        return options.packageName() + "." + options.className();
    }

    /// Where the weights lie relative to a source or class folder.
    public String weightsPath() {
        return options.packageName().replace('.', '/') + "/" + weightsName;
    }

    /// Writes the sources below a folder; each file appears whole or not at all.
    public void writeSources(Path root) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = root.resolve(source.getKey());
            Files.createDirectories(parent(file));
            Path temporary = Files.createTempFile(parent(file), ".skive", ".tmp");
            Files.writeString(temporary, source.getValue(), StandardCharsets.UTF_8);
            move(temporary, file);
        }
    }

    /// Writes the weights file; it appears whole or not at all.
    public void writeWeights(Path file) throws IOException {
        Files.createDirectories(parent(file));
        Path temporary = Files.createTempFile(parent(file), ".skive", ".tmp");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 20)) {
            weights.write(out);
        }
        move(temporary, file);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is not a file in a folder");
        }
        return parent;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

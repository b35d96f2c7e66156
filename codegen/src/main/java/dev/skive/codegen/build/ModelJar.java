package dev.skive.codegen.build;

import dev.skive.codegen.GeneratedModel;
import dev.skive.ir.file.ReplacedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;

/// A jar with a model's classes and weights. It needs only the runtime beside it.
public final class ModelJar {
    /// The manifest attribute that names the public class.
    static final Attributes.Name MODEL_CLASS = new Attributes.Name("Skive-Model");

    private static final long FIXED_TIME = 315_532_800_000L;
    private static final int BUFFER = 1 << 20;

    private ModelJar() {}

    /// Compiles a model and writes the jar; it appears whole or not at all. The same model gives the same bytes.
    public static void write(GeneratedModel model, Path jar) throws IOException {
        Path folder = jar.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (var replaced = new ReplacedFile(jar)) {
            var out =
                    new JarOutputStream(new BufferedOutputStream(Channels.newOutputStream(replaced.channel()), BUFFER));
            entry(out, "META-INF/MANIFEST.MF");
            manifest(model).write(out);
            for (Map.Entry<String, byte[]> file : ClassCompiler.compile(model).entrySet()) {
                entry(out, file.getKey());
                out.write(file.getValue());
            }
            out.setLevel(Deflater.NO_COMPRESSION);
            entry(out, model.weightsPath());
            model.weights().write(out);
            out.finish();
            out.flush();
            replaced.commit();
        }
    }

    private static Manifest manifest(GeneratedModel model) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(MODEL_CLASS, model.mainClass());
        return manifest;
    }

    private static void entry(JarOutputStream out, String name) throws IOException {
        var entry = new JarEntry(name);
        entry.setTime(FIXED_TIME);
        out.putNextEntry(entry);
    }
}

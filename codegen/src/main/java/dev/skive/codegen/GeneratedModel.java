package dev.skive.codegen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.weights.ModelWeights;
import dev.skive.ir.file.ReplacedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// The source of a model's classes and its weights.
///
/// @param options how it was generated
/// @param plans what its compiled parts run
/// @param sources Java source by path relative to a source folder
/// @param weightsName name of the weights file, which belongs beside the classes
/// @param weights its contents
public record GeneratedModel(
        CodegenOptions options,
        ImmutableList<KernelPlan> plans,
        ImmutableMap<String, String> sources,
        String weightsName,
        ModelWeights weights) {
    private static final int BUFFER = 1 << 20;

    /// Every kernel on a line, for `--print-plan`.
    public String printPlans() {
        return plans.stream().map(KernelPlan::print).collect(Collectors.joining("\n\n"));
    }

    /// The number of kernels in all parts.
    public int kernels() {
        return plans.stream().mapToInt(plan -> plan.kernels().size()).sum();
    }

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
            write(root.resolve(source.getKey()), out -> out.write(source.getValue().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// Writes the weights file; it appears whole or not at all.
    public void writeWeights(Path file) throws IOException {
        write(file, weights::write);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (var replaced = new ReplacedFile(file)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(replaced.channel()), BUFFER);
            content.writeTo(out);
            out.flush();
            replaced.commit();
        }
    }
}

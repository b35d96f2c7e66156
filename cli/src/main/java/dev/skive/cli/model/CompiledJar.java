package dev.skive.cli.model;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.runtime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/// What a jar that Skive compiled says about its model.
///
/// @param name the model's name
/// @param inputs each input with its type
/// @param outputs each output with its type
/// @param engines the kernels it can run with in this JVM, the one it would choose first
public record CompiledJar(
        String name, ImmutableList<String> inputs, ImmutableList<String> outputs, ImmutableList<String> engines) {
    /// Opens a jar and closes it again.
    ///
    /// @throws SkiveException when it is missing or not such a jar
    public static CompiledJar read(Path jar) throws IOException {
        try (Model model = open(jar, new ModelOptions(1, InstructionSet.AUTO))) {
            String chosen = model.instructionSet();
            return new CompiledJar(
                    model.name(),
                    texts(model.inputs()),
                    texts(model.outputs()),
                    chosen.equals("scalar") ? ImmutableList.of(chosen) : ImmutableList.of(chosen, "scalar"));
        }
    }

    /// Loads the model of a jar.
    ///
    /// @throws SkiveException when it is missing or not such a jar
    public static Model open(Path jar, ModelOptions options) throws IOException {
        if (!Files.exists(jar)) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(jar));
        }
        try {
            return ModelLoader.open(jar, options);
        } catch (ZipException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "'%s' is not a jar file, or is damaged: %s".formatted(jar, e.getMessage()),
                    e);
        }
    }

    private static ImmutableList<String> texts(List<TensorInfo> infos) {
        return infos.stream().map(TensorInfo::toString).collect(ImmutableList.toImmutableList());
    }
}

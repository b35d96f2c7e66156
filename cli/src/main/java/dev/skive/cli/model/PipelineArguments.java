package dev.skive.cli.model;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of verbs that run passes. What the command line does not say is looked up in `skive.toml`.
public final class PipelineArguments {
    private static final String FILE_NAME = "skive.toml";

    @Option(
            names = "--pipeline",
            paramLabel = "PASSES",
            description = "Passes and bundles, for example exact or simplify,fuse (see 'skive passes').")
    private @Nullable String pipeline;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "File with the pipeline when --pipeline is not given (default: skive.toml beside the model, or in "
                            + "the working directory).")
    private @Nullable Path config;

    /// The pipeline that was asked for: on the command line, in a file, or by default.
    ///
    /// @param section of the file that counts
    /// @param model that it is for
    /// @param otherwise the pipeline when none is asked for
    public Pipeline pipeline(String section, ModelSource model, String otherwise) {
        return Pipeline.parse(text(section, model).orElse(otherwise), PassRegistry.load());
    }

    private Optional<String> text(String section, ModelSource model) {
        if (pipeline != null) {
            return Optional.of(pipeline);
        }
        if (config != null && !Files.isRegularFile(config)) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(config));
        }
        return Optional.ofNullable(config)
                .or(() -> found(model))
                .flatMap(file -> ConfigFile.read(file).pipeline(section));
    }

    private static Optional<Path> found(ModelSource model) {
        return Stream.of(model.folder().resolve(FILE_NAME), Path.of(FILE_NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}

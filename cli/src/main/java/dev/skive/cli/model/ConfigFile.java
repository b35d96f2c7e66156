package dev.skive.cli.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A `skive.toml`: a pipeline for all verbs; sections for `optimize` and for verbs that compile take its place.
///
/// @param file where it is
/// @param root what it says
record ConfigFile(Path file, JsonNode root) {
    private static final String PIPELINE = "pipeline";
    private static final ImmutableSet<String> SECTIONS = ImmutableSet.of("optimize", "compile");

    /// Reads a file.
    ///
    /// @throws SkiveException when it cannot be read, or says something that has no meaning
    static ConfigFile read(Path file) {
        try {
            JsonNode root = new TomlMapper().readTree(file.toFile());
            var config = new ConfigFile(file, root);
            config.check();
            return config;
        } catch (JacksonException e) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "%s:%d:%d: %s"
                            .formatted(
                                    file,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(file, e.getMessage()), e);
        }
    }

    private void check() {
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (SECTIONS.contains(entry.getKey()) && entry.getValue().isObject()) {
                for (Map.Entry<String, JsonNode> inner : entry.getValue().properties()) {
                    checkPipeline(entry.getKey() + "." + inner.getKey(), inner.getKey(), inner.getValue());
                }
            } else {
                checkPipeline(entry.getKey(), entry.getKey(), entry.getValue());
            }
        }
    }

    private void checkPipeline(String path, String key, JsonNode value) {
        if (!key.equals(PIPELINE)) {
            ImmutableSet<String> known =
                    path.equals(key)
                            ? Stream.concat(Stream.of(PIPELINE), SECTIONS.stream())
                                    .collect(ImmutableSet.toImmutableSet())
                            : ImmutableSet.of(PIPELINE);
            throw new SkiveException(
                    ExitCode.USAGE, "%s: unknown key '%s'; %s".formatted(file, path, Nearest.hint(key, known)));
        }
        if (!value.isTextual()) {
            throw new SkiveException(
                    ExitCode.USAGE, "%s: '%s' must be a text such as \"simplify,fuse\"".formatted(file, path));
        }
    }

    /// The pipeline for a section, if there is one.
    Optional<String> pipeline(String section) {
        return Stream.of(root.path(section).path(PIPELINE), root.path(PIPELINE))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }
}

package dev.skive.cli.model;

import dev.skive.frontend.lang.ModelReader;
import dev.skive.frontend.lang.ModelWriter;
import dev.skive.frontend.onnx.Diagnostics;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A model argument as a file: the file itself, or a copy of a jar's entry (`models.jar!model.onnx`) that lives as long as
/// this does. A model is ONNX, or text in the model language when its name ends in `.skg`.
public final class ModelSource implements AutoCloseable {
    private static final String SEPARATOR = ".jar!";
    private static final long MAXIMUM_BYTES = Integer.MAX_VALUE;

    private final Path file;
    private final Path folder;
    private final boolean temporary;
    private Optional<Path> exported = Optional.empty();

    private ModelSource(Path file, Path container, boolean temporary) {
        this.file = file;
        this.folder = Optional.ofNullable(container.toAbsolutePath().getParent()).orElse(Path.of(""));
        this.temporary = temporary;
    }

    /// The folder in which the file, or the jar around it, lies.
    public Path folder() {
        return folder;
    }

    /// The model an argument names.
    ///
    /// @throws SkiveException when there is no such file or entry
    public static ModelSource open(String argument) {
        int jarEnd = argument.indexOf(SEPARATOR);
        if (jarEnd < 0) {
            Path path = existing(Path.of(argument));
            return new ModelSource(path, path, false);
        }
        Path jar = existing(Path.of(argument.substring(0, jarEnd + SEPARATOR.length() - 1)));
        return entry(jar, argument.substring(jarEnd + SEPARATOR.length()));
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path));
        }
        return path;
    }

    private static ModelSource entry(Path jar, String name) {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name.startsWith("/") ? name.substring(1) : name);
            if (entry == null) {
                throw new SkiveException(
                        ExitCode.IO, "'%s' has no entry '%s'; its models: %s".formatted(jar, name, models(zip)));
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return new ModelSource(copy(in, entry), jar, true);
            }
        } catch (ZipException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "'%s' is not a jar file, or is damaged: %s".formatted(jar, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(jar, e.getMessage()), e);
        }
    }

    private static String models(ZipFile zip) {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".onnx"))
                .sorted()
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// The copy keeps the entry's own name, because models are called after their files.
    private static Path copy(InputStream in, ZipEntry entry) throws IOException {
        Path folder = Files.createTempDirectory("skive");
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Path file = folder.resolve(name.matches("[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*") ? name : "model.onnx");
        try (var out = Files.newOutputStream(file)) {
            long copied = new LimitedCopy(MAXIMUM_BYTES).transfer(in, out);
            if (copied < 0) {
                throw new SkiveException(
                        ExitCode.REFUSED,
                        "entry '%s' exceeds the limit of %d bytes".formatted(entry.getName(), MAXIMUM_BYTES));
            }
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
        return file;
    }

    /// The model file.
    public Path file() {
        return file;
    }

    /// True when the model is text in the model language.
    public boolean isText() {
        return ModelWriter.isText(file);
    }

    /// The graph of the model.
    ///
    /// @throws SkiveException when the file cannot be read, is not a valid model, uses something that is not supported, or
    ///     is refused
    public Graph read(ImportOptions options, Diagnostics diagnostics) {
        return isText() ? new ModelReader(options).read(file) : new OnnxImporter(options, diagnostics).read(file);
    }

    /// The graph of a text with other weights.
    ///
    /// @param weights the file that takes the place of the one the text names
    /// @throws SkiveException when the model is no text, or as above
    public Graph read(ImportOptions options, Path weights) {
        if (!isText()) {
            throw new SkiveException(
                    ExitCode.USAGE, "--weights is for models that are text; '%s' holds its own".formatted(file));
        }
        return new ModelReader(options).withWeights(weights).read(file);
    }

    /// The model as an ONNX file: the file itself, or what the graph of a text is written to until this is closed.
    ///
    /// @param graph the graph of the model
    public Path onnx(Graph graph) throws IOException {
        if (!isText()) {
            return file;
        }
        if (exported.isEmpty()) {
            Path target = Files.createTempDirectory("skive").resolve(name() + ".onnx");
            exported = Optional.of(target);
            new OnnxExporter(ExportOptions.DEFAULT).write(graph, target);
        }
        return exported.get();
    }

    /// The file's name without its ending: what the model is called.
    public String name() {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void close() {
        if (temporary) {
            delete(file);
        }
        exported.ifPresent(target -> {
            delete(target.resolveSibling(target.getFileName() + ".data"));
            delete(target);
        });
    }

    /// Where a mapped file cannot be deleted, the JVM tries again when it ends.
    private static void delete(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.deleteIfExists(file);
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException another) {
            // Goes with the last of its files.
        } catch (IOException e) {
            if (folder != null) {
                folder.toFile().deleteOnExit();
            }
            file.toFile().deleteOnExit();
        }
    }
}

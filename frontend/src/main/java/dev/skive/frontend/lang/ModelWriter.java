package dev.skive.frontend.lang;

import com.google.common.io.MoreFiles;
import dev.skive.frontend.weights.Safetensors;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.file.ReplacedFile;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Writes graphs in the model language, with their weights in a file beside the text: `model.skg` has its weights in
/// `model.safetensors`.
public final class ModelWriter {
    /// The ending of such texts.
    public static final String ENDING = ".skg";

    private static final String WEIGHTS = ".safetensors";

    private ModelWriter() {}

    /// True when a file with this name is a model in the model language.
    public static boolean isText(Path path) {
        return String.valueOf(path.getFileName()).endsWith(ENDING);
    }

    /// Writes a graph; a file of weights only when the text names some.
    ///
    /// @param withOrigins whether each statement says which nodes of the model file it stands for
    /// @return the text and its weights
    /// @throws SkiveException when a file cannot be written
    public static PrintedGraph write(Graph graph, Path path, boolean withOrigins) {
        Path weights = path.resolveSibling(MoreFiles.getNameWithoutExtension(path) + WEIGHTS);
        String name = weights.getFileName().toString();
        PrintedGraph printed =
                withOrigins ? GraphPrinter.printWithOrigins(graph, name) : GraphPrinter.print(graph, name);
        if (!printed.weights().isEmpty()) {
            Safetensors.write(printed.weights(), weights);
        }
        try (var file = new ReplacedFile(path)) {
            byte[] text = printed.text().getBytes(StandardCharsets.UTF_8);
            ReplacedFile.copy(MemorySegment.ofArray(text), file.channel());
            file.commit();
            return printed;
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write '%s': %s".formatted(path, e.getMessage()), e);
        }
    }
}

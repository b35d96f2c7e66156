package dev.skive.frontend.fuzz;

import dev.skive.frontend.lang.GraphPrinter;
import dev.skive.frontend.lang.ModelReader;
import dev.skive.frontend.lang.PrintedGraph;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.grammar.PipelineText;
import dev.skive.grammar.RuleText;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads a text as a model, as rules and as a pipeline. A model that is one prints and reads back equal.
public final class LanguageFuzz {
    private static final ModelFolder FOLDER = new ModelFolder(Path.of("folder"), false);
    private static final ModelReader READER = new ModelReader(ImportOptions.DEFAULT.withLimits(OnnxFuzz.LIMITS));

    private LanguageFuzz() {}

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        var source = new SourceText("fuzzed", new String(bytes, StandardCharsets.UTF_8));
        try {
            check(READER.read(source, FOLDER));
        } catch (SkiveException expected) {
            Expected.check(expected);
        }
        try {
            RuleText.parse(source);
        } catch (TextError expected) {
            check(expected);
        }
        try {
            PipelineText.parse(source);
        } catch (TextError expected) {
            check(expected);
        }
    }

    private static void check(TextError error) {
        if (!error.getMessage().startsWith("fuzzed:")) {
            throw new AssertionError("an error without a place: " + error.getMessage(), error);
        }
    }

    /// Texts that need a file of weights cannot be read back without it.
    private static void check(Graph graph) {
        PrintedGraph printed = GraphPrinter.print(graph, "none.safetensors");
        if (printed.weights().isEmpty()) {
            Graph again = READER.read(new SourceText("printed", printed.text()), FOLDER);
            if (!again.equals(graph) || !GraphPrinter.print(again, "none.safetensors").text().equals(printed.text())) {
                throw new AssertionError("not the same graph again:\n" + printed.text());
            }
        }
    }
}

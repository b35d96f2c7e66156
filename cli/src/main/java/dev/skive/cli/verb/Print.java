package dev.skive.cli.verb;

import com.google.common.collect.ImmutableSet;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.model.ImportArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.frontend.lang.GraphPrinter;
import dev.skive.frontend.lang.ModelWriter;
import dev.skive.frontend.lang.PrintedGraph;
import dev.skive.ir.graph.Graph;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a model in the model language.
@Command(
        name = "print",
        description = "Print a model as text in the model language, equal layers as one function; it reads back equal.")
public final class Print extends Verb {
    @Parameters(paramLabel = "MODEL", description = "An .onnx or .skg file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The .skg file to write; weights go to a .safetensors file beside it (default: print the text).")
    private @Nullable Path target;

    @Option(
            names = "--origins",
            description = "Say of each statement which nodes of the model file it stands for; without functions.")
    private boolean origins;

    @Mixin private ImportArguments importing = new ImportArguments();

    @Spec private CommandSpec spec = CommandSpec.create();

    /// The verb, printing to these streams.
    public Print(Streams streams) {
        super(streams);
    }

    /// The report on a printed model.
    ///
    /// @param model the model read
    /// @param output the text written; empty when it was printed
    /// @param nodes number of IR nodes
    /// @param text the text, when it was not written
    /// @param weights names of the tensors that the text only names
    record Report(String model, String output, int nodes, String text, ImmutableSet<String> weights) {}

    @Override
    int run(Console console) {
        if (target != null && !ModelWriter.isText(target)) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' must end in %s".formatted(target, ModelWriter.ENDING));
        }
        try (var source = ModelSource.open(model)) {
            Graph graph = importing.read(source, console);
            return target == null ? print(graph, source.name(), console) : write(graph, target, console);
        }
    }

    private int print(Graph graph, String name, Console console) {
        String file = name + ".safetensors";
        PrintedGraph printed = origins ? GraphPrinter.printWithOrigins(graph, file) : GraphPrinter.print(graph, file);
        console.print(printed.text().stripTrailing());
        console.json(new Report(model, "", graph.nodes().size(), printed.text(), printed.weights().keySet()));
        return OK;
    }

    private int write(Graph graph, Path file, Console console) {
        PrintedGraph printed = ModelWriter.write(graph, file, origins);
        console.print(
                "%d nodes and %d weights; written to %s"
                        .formatted(graph.nodes().size(), printed.weights().size(), file));
        console.json(new Report(model, file.toString(), graph.nodes().size(), "", printed.weights().keySet()));
        return OK;
    }
}

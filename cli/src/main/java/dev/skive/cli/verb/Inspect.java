package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.cli.model.BlockSummary;
import dev.skive.cli.model.CompiledJar;
import dev.skive.cli.model.LimitArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.OnnxSummary;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.cli.model.TextSummary;
import dev.skive.cli.model.UsualSizes;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.file.ModelFile;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is in a model, and whether Skive can compile it.
@Command(name = "inspect", description = "Say what is in a model, and whether it can be compiled.")
public final class Inspect extends Verb {
    @Parameters(
            paramLabel = "MODEL",
            description = "An .onnx or .skg file, FILE.jar!ENTRY.onnx, or a jar that skive compiled.")
    private String model = "";

    @Option(
            names = "--blocks",
            description = "Print the blocks of the residual streams: what each computes, its weights and its work.")
    private boolean blocks;

    @Option(
            names = "--shape",
            converter = SymbolSizes.Converter.class,
            paramLabel = "SIZES",
            description = "Sizes for which --blocks counts the work, for example sequence=128 (default: usual ones).")
    private SymbolSizes shape = SymbolSizes.NONE;

    @Mixin private LimitArguments limiting = new LimitArguments();

    /// The verb, printing to these streams.
    public Inspect(Streams streams) {
        super(streams);
    }

    /// The report on an ONNX model.
    ///
    /// @param file where it was read from
    /// @param fileBytes size of the file
    /// @param onnx what the file says
    /// @param supported whether it can be compiled
    /// @param problem why not; empty when it can
    /// @param warnings what a user should know
    record Report(
            String file,
            long fileBytes,
            OnnxSummary onnx,
            boolean supported,
            String problem,
            ImmutableList<String> warnings) {}

    @Override
    int run(Console console) throws IOException {
        if (model.endsWith(".jar")) {
            return inspectJar(console);
        }
        try (var source = ModelSource.open(model)) {
            if (blocks) {
                return inspectBlocks(source, console);
            }
            if (source.isText()) {
                return inspectText(source, console);
            }
            OnnxSummary summary = OnnxSummary.of(ModelFile.open(source.file(), limiting.limits()).model());
            List<String> warnings = new ArrayList<>();
            Optional<SkiveException> problem = problem(source.file(), warnings);
            var report =
                    new Report(
                            model,
                            Files.size(source.file()),
                            summary,
                            problem.isEmpty(),
                            problem.map(SkiveException::getMessage).orElse(""),
                            ImmutableList.copyOf(warnings));
            print(report, console);
            console.json(report);
            problem.map(SkiveException::getMessage).ifPresent(console::error);
            return problem.map(SkiveException::code).map(ExitCode::status).orElse(OK);
        }
    }

    private int inspectText(ModelSource source, Console console) {
        Graph graph = source.read(ImportOptions.DEFAULT.withLimits(limiting.limits()), console::warn);
        TextSummary summary = TextSummary.of(model, graph);
        summary.print(console);
        console.json(summary);
        return OK;
    }

    private int inspectBlocks(ModelSource source, Console console) {
        Graph graph = source.read(ImportOptions.DEFAULT.withLimits(limiting.limits()), console::warn);
        SymbolSizes sizes = UsualSizes.of(graph, shape);
        var passes = new PassManager(Pipeline.parse("recognize", PassRegistry.load()));
        BlockSummary summary = BlockSummary.of(passes.run(graph, PassContext.quiet()).graph(), sizes);
        summary.print(console);
        console.json(summary);
        return OK;
    }

    private Optional<SkiveException> problem(Path file, List<String> warnings) {
        try {
            new OnnxImporter(ImportOptions.DEFAULT.withLimits(limiting.limits()), warnings::add).read(file);
            return Optional.empty();
        } catch (SkiveException e) {
            return Optional.of(e);
        }
    }

    private static void print(Report report, Console console) {
        OnnxSummary onnx = report.onnx();
        String opsets =
                onnx.opsets().entrySet().stream()
                        .map(opset -> opset.getKey() + " " + opset.getValue())
                        .collect(Collectors.joining(", "));
        console.print("%s (%s)".formatted(report.file(), Console.bytes(report.fileBytes())));
        console.print(
                "graph       %s, written by %s"
                        .formatted(onnx.name(), onnx.producer().isEmpty() ? "?" : onnx.producer()));
        console.print("format      ONNX IR version %d, opset %s".formatted(onnx.irVersion(), opsets));
        onnx.inputs().forEach(port -> console.print("input       %s: %s".formatted(port.name(), port.type())));
        onnx.outputs().forEach(port -> console.print("output      %s: %s".formatted(port.name(), port.type())));
        console.print("parameters  %,d (%s)".formatted(onnx.parameters(), Console.bytes(onnx.parameterBytes())));
        console.print("nodes       %,d".formatted(onnx.nodes()));
        console.print("");
        var table = new Table("operator", "nodes", "supported");
        onnx.operators().entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(operator ->
                        table.row(
                                operator.getKey(),
                                operator.getValue(),
                                onnx.unsupported().containsKey(operator.getKey()) ? "no" : "yes"));
        console.print(table.toString());
        report.warnings().forEach(console::warn);
        if (report.supported()) {
            console.print("");
            console.print("skive can compile this model.");
        }
    }

    private int inspectJar(Console console) throws IOException {
        CompiledJar jar = CompiledJar.read(Path.of(model));
        console.print("%s, compiled by skive".formatted(jar.name()));
        jar.inputs().forEach(input -> console.print("input    %s".formatted(input)));
        jar.outputs().forEach(output -> console.print("output   %s".formatted(output)));
        jar.engines().forEach(engine -> console.print("engine   %s".formatted(engine)));
        console.json(jar);
        return OK;
    }
}

package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.cli.model.ByteCount;
import dev.skive.cli.model.ImportArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.PipelineArguments;
import dev.skive.cli.quality.BeforeAfter;
import dev.skive.cli.quality.EffectArguments;
import dev.skive.frontend.lang.ModelWriter;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Origin;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassReport;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.passes.pipeline.PipelineResult;
import dev.skive.passes.rule.Firing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs passes over a model and writes it back, as ONNX or as text.
@Command(name = "optimize", description = "Run passes over a model and write it back, as standard ONNX or as text.")
public final class Optimize extends Verb {
    private static final int SHOWN = 3;

    @Parameters(index = "0", paramLabel = "IN", description = "An .onnx or .skg file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The .onnx or .skg file to write.")
    private Path target = Path.of("");

    @Mixin private PipelineArguments passing = new PipelineArguments();

    @Option(names = "--target-opset", paramLabel = "N", description = "Opset to write (default: 17).")
    private int targetOpset = ExportOptions.DEFAULT.targetOpset();

    @Option(
            names = "--external-data-threshold",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Weights beyond this size go to a file of their own, 1MB for example (default: 1.5GB).")
    private long externalDataThreshold = ExportOptions.DEFAULT.externalDataThreshold();

    @Option(names = "--print-pipeline", description = "Print the passes with all their options first.")
    private boolean printPipeline;

    @Option(names = "--stop-after", paramLabel = "N", description = "Run only the first N passes.")
    private int stopAfter = Integer.MAX_VALUE;

    @Option(names = "--log-rules", description = "Print each rewrite: the rule, where, and what became what.")
    private boolean logRules;

    @Mixin private ImportArguments importing = new ImportArguments();

    @Mixin private EffectArguments asked = new EffectArguments();

    /// The verb, printing to these streams.
    public Optimize(Streams streams) {
        super(streams);
    }

    /// The report on a run of passes.
    ///
    /// @param input the model read
    /// @param output the model written
    /// @param pipeline its passes, with all options
    /// @param nodesBefore number of IR nodes before
    /// @param nodesAfter number of IR nodes after
    /// @param passes what each pass did
    /// @param rewrites each rewrite in order, when they were asked for
    /// @param effect what they did together, when it was asked for
    record Report(
            String input,
            String output,
            String pipeline,
            int nodesBefore,
            int nodesAfter,
            ImmutableList<PassLine> passes,
            ImmutableList<RewriteLine> rewrites,
            @Nullable BeforeAfter effect) {}

    /// One rewrite.
    ///
    /// @param rule that fired
    /// @param nodes names in the model file of what it replaced
    /// @param before what was there
    /// @param after what is there now
    record RewriteLine(String rule, ImmutableList<String> nodes, String before, String after) {
        static RewriteLine of(Firing firing) {
            return new RewriteLine(
                    firing.rule(), firing.origin().sources().asList(), firing.beforeText(), firing.afterText());
        }
    }

    /// What one pass did.
    ///
    /// @param pass its text
    /// @param nodesBefore number of IR nodes before
    /// @param nodesAfter number of IR nodes after
    /// @param changed whether it changed anything
    /// @param milliseconds time it took
    /// @param fired how often each rule rewrote something
    /// @param diagnostics what it said
    record PassLine(
            String pass,
            int nodesBefore,
            int nodesAfter,
            boolean changed,
            double milliseconds,
            Map<String, Integer> fired,
            ImmutableList<String> diagnostics) {
        static PassLine of(PassReport report) {
            return new PassLine(
                    report.pass(),
                    report.nodesBefore(),
                    report.nodesAfter(),
                    report.changed(),
                    report.nanos() / 1e6,
                    report.fired(),
                    report.diagnostics().stream().map(Diagnostic::toString).collect(ImmutableList.toImmutableList()));
        }
    }

    @Override
    int run(Console console) throws IOException {
        asked.check();
        var rewrites = new ArrayList<RewriteLine>();
        try (var source = ModelSource.open(model)) {
            Pipeline pipeline = passing.pipeline("optimize", source, "exact").stopAfter(stopAfter);
            if (printPipeline) {
                console.print(pipeline.toString());
            }
            Graph graph = importing.read(source, console);
            PipelineResult result = optimize(graph, pipeline, console, rewrites);
            Optional<BeforeAfter> effect = asked.measure(graph, result.graph(), importing.limits(), console);
            var report =
                    new Report(
                            model,
                            target.toString(),
                            pipeline.toString(),
                            graph.nodes().size(),
                            result.graph().nodes().size(),
                            result.reports().stream().map(PassLine::of).collect(ImmutableList.toImmutableList()),
                            ImmutableList.copyOf(rewrites),
                            effect.orElse(null));
            return conclude(result.graph(), report, console);
        }
    }

    /// Writes what holds its budgets, and says what happened.
    private int conclude(Graph graph, Report report, Console console) throws IOException {
        print(report, console);
        boolean holds = report.effect() == null || report.effect().holds();
        if (holds) {
            write(graph);
            asked.write(report, console);
            console.print(
                    "%d nodes became %d; written to %s"
                            .formatted(report.nodesBefore(), report.nodesAfter(), report.output()));
        } else {
            console.error("the quality is below what was asked for; nothing is written");
        }
        console.json(report);
        return holds ? OK : FAILED;
    }

    private void write(Graph graph) {
        if (ModelWriter.isText(target)) {
            ModelWriter.write(graph, target, false);
        } else {
            new OnnxExporter(new ExportOptions(targetOpset, externalDataThreshold)).write(graph, target);
        }
    }

    private PipelineResult optimize(Graph graph, Pipeline pipeline, Console console, List<RewriteLine> rewrites) {
        try (Progress progress = console.progress("optimizing", -1)) {
            var events =
                    new PassEvents() {
                        @Override
                        public void fired(String rule, Origin origin) {
                            progress.say(rule);
                        }

                        @Override
                        public void rewrote(Firing firing) {
                            fired(firing.rule(), firing.origin());
                            if (logRules) {
                                rewrites.add(RewriteLine.of(firing));
                            }
                        }
                    };
            PassContext context =
                    importing.context(console, events).withActivations(asked.activations(graph, importing.limits()));
            return new PassManager(pipeline).run(graph, context);
        }
    }

    private static void print(Report report, Console console) {
        for (RewriteLine rewrite : report.rewrites()) {
            console.print("%s at %s".formatted(rewrite.rule(), names(rewrite.nodes())));
            console.print("  - " + rewrite.before());
            console.print("  + " + rewrite.after());
        }
        var table = new Table("pass", "nodes before", "after", "ms");
        for (PassLine pass : report.passes()) {
            table.row(pass.pass(), pass.nodesBefore(), pass.nodesAfter(), "%.1f".formatted(pass.milliseconds()));
        }
        console.print(table.toString());
        for (PassLine pass : report.passes()) {
            pass.fired().forEach((rule, count) -> console.print("rule %s fired %d times".formatted(rule, count)));
            pass.diagnostics().forEach(console::detail);
        }
        if (report.effect() != null) {
            console.print(report.effect().toString());
        }
    }

    private static String names(List<String> nodes) {
        String first = nodes.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return nodes.size() > SHOWN ? first + " and " + (nodes.size() - SHOWN) + " more" : first;
    }
}

package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.cli.model.ByteCount;
import dev.skive.cli.model.ImportArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.quality.BeforeAfter;
import dev.skive.cli.quality.Cost;
import dev.skive.cli.quality.DataArguments;
import dev.skive.cli.quality.Evaluation;
import dev.skive.cli.quality.LatencyArguments;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.PassReport;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.passes.pipeline.PipelineResult;
import dev.skive.verify.quality.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs passes over a model and writes it back as ONNX.
@Command(name = "optimize", description = "Run passes over a model and write it back as standard ONNX.")
public final class Optimize extends Verb {
    @Parameters(index = "0", paramLabel = "IN", description = "An .onnx file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The .onnx file to write.")
    private Path target = Path.of("");

    @Option(
            names = "--pipeline",
            paramLabel = "PASSES",
            defaultValue = "exact",
            description = "Passes and bundles, for example exact or simplify,fuse (default: ${DEFAULT-VALUE}).")
    private String pipelineText = "";

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

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write what the passes did as JSON: quality on data, parameters, bytes, work, and the latency of the model "
                            + "compiled before and after.")
    private @Nullable Path report;

    @Mixin private ImportArguments importing = new ImportArguments();

    @Mixin private DataArguments data = new DataArguments();

    @Mixin private LatencyArguments timing = new LatencyArguments();

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
    /// @param effect what they did together, when it was asked for
    record Report(
            String input,
            String output,
            String pipeline,
            int nodesBefore,
            int nodesAfter,
            ImmutableList<PassLine> passes,
            @Nullable BeforeAfter effect) {}

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
        Pipeline pipeline = Pipeline.parse(pipelineText, PassRegistry.load()).stopAfter(stopAfter);
        var exporter = new OnnxExporter(new ExportOptions(targetOpset, externalDataThreshold));
        if (printPipeline) {
            console.print(pipeline.toString());
        }
        ImmutableList<Budget> budgets = data.budgets();
        try (var source = ModelSource.open(model)) {
            Graph graph = importing.read(source, console);
            PipelineResult result = optimize(graph, pipeline, console);
            Optional<BeforeAfter> effect = effect(graph, result.graph(), budgets, console);
            var summary = report(graph, pipeline, result, effect);
            print(summary, console);
            boolean holds = effect.map(BeforeAfter::holds).orElse(true);
            if (holds) {
                exporter.write(result.graph(), target);
                console.print(
                        "%d nodes became %d; written to %s"
                                .formatted(summary.nodesBefore(), summary.nodesAfter(), target));
                if (report != null) {
                    console.writeJson(summary, report);
                }
            } else {
                console.error("the quality is below what was asked for; nothing is written");
            }
            console.json(summary);
            return holds ? OK : FAILED;
        }
    }

    private Report report(Graph graph, Pipeline pipeline, PipelineResult result, Optional<BeforeAfter> effect) {
        return new Report(
                model,
                target.toString(),
                pipeline.toString(),
                graph.nodes().size(),
                result.graph().nodes().size(),
                result.reports().stream().map(PassLine::of).collect(ImmutableList.toImmutableList()),
                effect.orElse(null));
    }

    /// What the passes did, when there is data to judge it by or a report is to say it. Latency is measured for reports.
    private Optional<BeforeAfter> effect(Graph before, Graph after, ImmutableList<Budget> budgets, Console console) {
        if (report == null && !data.areGiven()) {
            return Optional.empty();
        }
        try (Progress progress = console.progress("judging", -1)) {
            ImmutableList<BeforeAfter.Figure> figures = ImmutableList.of();
            if (data.areGiven()) {
                Evaluation evaluation = data.evaluation(before, importing.limits());
                figures =
                        BeforeAfter.figures(
                                evaluation.judge(before, before, progress),
                                evaluation.judge(before, after, progress),
                                budgets);
            }
            ImmutableMap<String, Long> sizes = timing.sizes(before);
            var costs = new BeforeAfter.Costs(sizes, Cost.of(before, sizes), Cost.of(after, sizes));
            var quality = new BeforeAfter(figures, costs, null);
            return Optional.of(
                    report == null || !quality.holds()
                            ? quality
                            : quality.withLatency(latency(before, after, console.seed(), progress)));
        }
    }

    private BeforeAfter.Latency latency(Graph before, Graph after, long seed, Progress progress) {
        var graphs = ImmutableMap.of(BeforeAfter.Latency.BEFORE, before, BeforeAfter.Latency.AFTER, after);
        return BeforeAfter.Latency.of(timing.measure(graphs, seed, progress));
    }

    private PipelineResult optimize(Graph graph, Pipeline pipeline, Console console) {
        try (Progress progress = console.progress("optimizing", -1)) {
            var events =
                    new PassEvents() {
                        @Override
                        public void fired(String rule, dev.skive.ir.graph.Origin origin) {
                            progress.say(rule);
                        }
                    };
            PassContext context =
                    importing.context(console, events)
                            .withActivations(data.activations(graph, importing.limits()));
            return new PassManager(pipeline).run(graph, context);
        }
    }

    private static void print(Report report, Console console) {
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
}

package dev.skive.cli.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.frontend.onnx.Limits;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.calibration.ActivationSource;
import dev.skive.verify.quality.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that ask what passes do to a model.
public final class EffectArguments {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write what the passes did as JSON: quality on data, parameters, bytes, work, and the latency of the model "
                            + "compiled before and after.")
    private @Nullable Path report;

    @Mixin private DataArguments data = new DataArguments();

    @Mixin private LatencyArguments timing = new LatencyArguments();

    /// Checks what was asked for before any work is done.
    ///
    /// @throws dev.skive.ir.SkiveException when it makes no sense
    public void check() {
        data.budgets();
    }

    /// What passes learn from.
    public ActivationSource activations(Graph graph, Limits limits) {
        return data.activations(graph, limits);
    }

    /// What passes did, when there is data to judge it by or a report is to say it. Latency is measured for reports, unless
    /// a budget is broken.
    public Optional<BeforeAfter> measure(Graph before, Graph after, Limits limits, Console console) {
        if (report == null && !data.areGiven()) {
            return Optional.empty();
        }
        try (Progress progress = console.progress("judging", -1)) {
            ImmutableMap<String, Long> sizes = timing.sizes(before);
            var costs = new BeforeAfter.Costs(sizes, Cost.of(before, sizes), Cost.of(after, sizes));
            var quality = new BeforeAfter(figures(before, after, limits, progress), costs, null);
            return Optional.of(
                    report == null || !quality.holds()
                            ? quality
                            : quality.withLatency(latency(before, after, console.seed(), progress)));
        }
    }

    private ImmutableList<BeforeAfter.Figure> figures(Graph before, Graph after, Limits limits, Progress progress) {
        ImmutableList<Budget> budgets = data.budgets();
        if (!data.areGiven()) {
            return ImmutableList.of();
        }
        Evaluation evaluation = data.evaluation(before, limits);
        return BeforeAfter.figures(
                evaluation.judge(before, before, progress), evaluation.judge(before, after, progress), budgets);
    }

    private BeforeAfter.Latency latency(Graph before, Graph after, long seed, Progress progress) {
        var graphs = ImmutableMap.of(BeforeAfter.Latency.BEFORE, before, BeforeAfter.Latency.AFTER, after);
        return BeforeAfter.Latency.of(timing.measure(graphs, seed, progress));
    }

    /// Writes the report, if one was asked for.
    public void write(Object summary, Console console) throws IOException {
        if (report != null) {
            console.writeJson(summary, report);
        }
    }
}

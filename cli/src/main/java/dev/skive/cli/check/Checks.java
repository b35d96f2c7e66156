package dev.skive.cli.check;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.Case;
import dev.skive.verify.Engine;
import dev.skive.verify.EquivalenceCheck;
import dev.skive.verify.EquivalenceReport;
import dev.skive.verify.InterpreterEngine;
import dev.skive.verify.Referee;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.nio.file.Path;
import java.util.Optional;

/// Holds the engines of a compiled model against ONNX Runtime, and those with several threads bit for bit against the
/// same engine with the first number of threads.
///
/// @param file the model as it was given
/// @param graph the same as a graph
/// @param compiled the same compiled
public record Checks(Path file, Graph graph, CompiledModel compiled) {
    /// Runs all checks of a plan.
    ///
    /// @throws SkiveException when something needed for checking is not there
    public ImmutableList<CheckRow> run(CheckPlan plan, Console console) {
        ImmutableList<Case> cases = plan.cases(graph, console.seed());
        int engines = plan.engines().size() * (2 * plan.threads().size() - 1);
        try (Progress progress = console.progress("verifying", (long) engines * cases.size());
                Engine reference = OrtReference.open(file, OrtOptions.DEFAULT)) {
            var rows = ImmutableList.<CheckRow>builder();
            for (EngineKind kind : plan.engines()) {
                rows.addAll(run(kind, plan, cases, reference, progress));
            }
            return rows.build();
        }
    }

    private ImmutableList<CheckRow> run(
            EngineKind kind, CheckPlan plan, ImmutableList<Case> cases, Engine reference, Progress progress) {
        var rows = ImmutableList.<CheckRow>builder();
        try (Engine first = engine(kind, plan.threads().getFirst())) {
            rows.addAll(compare(reference, first, plan.tolerance(), cases, progress));
            for (int threads : plan.threads().subList(1, plan.threads().size())) {
                try (Engine other = engine(kind, threads)) {
                    rows.addAll(compare(reference, other, plan.tolerance(), cases, progress));
                    rows.addAll(compare(first, other, Tolerance.EXACT, cases, progress));
                }
            }
        }
        return rows.build();
    }

    private Engine engine(EngineKind kind, int threads) {
        return switch (kind) {
            case AUTO, VECTOR, SCALAR -> compiled.engine(kind, threads);
            case INTERPRETER -> new InterpreterEngine(graph, Precision.DECLARED);
            case ORT ->
                    throw new SkiveException(ExitCode.USAGE, "ort is the reference; it is not checked against itself");
        };
    }

    private ImmutableList<CheckRow> compare(
            Engine reference, Engine candidate, Tolerance tolerance, ImmutableList<Case> cases, Progress progress) {
        Optional<Referee> referee =
                tolerance.errorRatio().isPresent() ? Optional.of(new Referee(graph)) : Optional.empty();
        var check = new EquivalenceCheck(reference, candidate, new InputGenerator(graph), tolerance, referee);
        progress.say(candidate.name());
        var rows = ImmutableList.<CheckRow>builder();
        for (Case one : cases) {
            EquivalenceReport report = check.run(ImmutableList.of(one));
            report.rows().forEach(row -> rows.add(CheckRow.of(report, row)));
            progress.step();
        }
        return rows.build();
    }
}

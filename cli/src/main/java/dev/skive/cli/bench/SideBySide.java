package dev.skive.cli.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.Model;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/// A compiled model and ONNX Runtime on the same inputs and number of threads, taking turns in this process.
///
/// @param file the model as it was given
/// @param graph the same as a graph
/// @param compiled the same compiled
public record SideBySide(Path file, Graph graph, CompiledModel compiled) {
    private static final String SKIVE = "skive";
    private static final String ORT = "onnxruntime";

    /// What is measured.
    ///
    /// @param shapes sizes of the inputs
    /// @param threads numbers of threads
    /// @param engine kernels of the compiled model
    /// @param spinning whether idle threads of ONNX Runtime spin
    /// @param effort how much time to take
    public record Plan(
            ImmutableList<SymbolSizes> shapes,
            ImmutableList<Integer> threads,
            EngineKind engine,
            boolean spinning,
            Effort effort) {}

    /// One comparison.
    ///
    /// @param shape sizes of the inputs
    /// @param threads number of threads
    /// @param engine kernels of the compiled model
    /// @param skive times of the compiled model
    /// @param onnxRuntime times of ONNX Runtime
    /// @param ratio median of ONNX Runtime over median of the compiled model
    public record Row(String shape, int threads, String engine, Timing skive, Timing onnxRuntime, double ratio) {}

    /// Measures everything in a plan.
    public ImmutableList<Row> run(Plan plan, Console console) {
        var rows = ImmutableList.<Row>builder();
        long rounds = (long) plan.shapes().size() * plan.threads().size() * plan.effort().rounds();
        try (Progress progress = console.progress("measuring", rounds)) {
            for (int threads : plan.threads()) {
                var options = OrtOptions.DEFAULT.withThreads(threads).withSpinning(plan.spinning());
                try (var engine = compiled.engine(plan.engine(), threads);
                        var ort = OrtReference.open(file, options)) {
                    for (SymbolSizes shape : plan.shapes()) {
                        progress.say("%s, %d threads".formatted(shape, threads));
                        rows.add(row(plan, shape, new Pair(threads, engine.model(), ort), console.seed(), progress));
                    }
                }
            }
        }
        return rows.build();
    }

    /// The two, each with so many threads.
    private record Pair(int threads, Model skive, OrtReference ort) {}

    private Row row(Plan plan, SymbolSizes shape, Pair pair, long seed, Progress progress) {
        Map<String, Tensor> inputs = new InputGenerator(graph).generate(shape.resolve(graph), Masks.FULL, seed);
        ImmutableMap<String, dev.skive.runtime.Tensor> tensors = CompiledEngine.arguments(inputs);
        try (var prepared = pair.ort().prepare(inputs)) {
            var contenders =
                    ImmutableList.of(
                            new Contender(SKIVE, () -> keep(pair.skive().run(tensors))),
                            new Contender(ORT, prepared::run));
            Map<String, Timing> times =
                    new Interleaved(plan.effort(), new Random(seed)).measure(contenders, progress::step);
            Timing skive = times.getOrDefault(SKIVE, Timing.NONE);
            Timing ort = times.getOrDefault(ORT, Timing.NONE);
            return new Row(
                    shape.toString(),
                    pair.threads(),
                    pair.skive().instructionSet(),
                    skive,
                    ort,
                    ort.medianNanos() / skive.medianNanos());
        }
    }

    private static void keep(Map<String, dev.skive.runtime.Tensor> outputs) {
        if (outputs.isEmpty()) {
            throw new AssertionError("no outputs");
        }
    }
}

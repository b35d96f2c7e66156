package dev.skive.cli.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.bench.Contender;
import dev.skive.cli.bench.Effort;
import dev.skive.cli.bench.Interleaved;
import dev.skive.cli.bench.Timing;
import dev.skive.cli.console.Progress;
import dev.skive.cli.model.Count;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.cli.model.UsualSizes;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.calibration.CompiledFactory;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine.Option;

/// The options that say how the latency of compiled models is measured.
public final class LatencyArguments {
    @Option(
            names = "--shape",
            paramLabel = "SIZES",
            converter = SymbolSizes.Converter.class,
            description =
                    "Sizes of the inputs that work and latency are given for, sequence=128 for example (default: as bench --all).")
    private SymbolSizes shape = SymbolSizes.NONE;

    @Option(
            names = "--threads",
            converter = Count.Threads.class,
            paramLabel = "N",
            description = "Threads of the compiled models that are measured (default: 1).")
    private int threads = 1;

    @Option(
            names = "--rounds",
            converter = Count.class,
            paramLabel = "N",
            description = "How often each compiled model takes its turn (default: 7).")
    private int rounds = Effort.SHORT.rounds();

    /// Times of compiled models that took turns in this process.
    ///
    /// @param sizes of the inputs
    /// @param threads of each model
    /// @param rounds how often each took its turn
    /// @param kernels the instruction set they ran on
    /// @param timings of each model, by name
    public record Latency(
            String sizes, int threads, int rounds, String kernels, ImmutableMap<String, Timing> timings) {}

    /// A size for every symbol of a graph.
    public ImmutableMap<String, Long> sizes(Graph graph) {
        return UsualSizes.of(graph, resolved(graph)).sizes();
    }

    /// The sizes that were given, by the names the graph has for them.
    private SymbolSizes resolved(Graph graph) {
        if (shape.sizes().isEmpty()) {
            return shape;
        }
        Map<String, Long> all = new LinkedHashMap<>(UsualSizes.of(graph, SymbolSizes.NONE).sizes());
        all.putAll(shape.sizes());
        return new SymbolSizes(new SymbolSizes(ImmutableMap.copyOf(all)).resolve(graph));
    }

    /// The options as text that differs when results do.
    String settings() {
        return "%s %d %d".formatted(shape, threads, rounds);
    }

    /// Compiles graphs that take the same inputs, and measures them.
    public Latency measure(ImmutableMap<String, Graph> graphs, long seed, Progress progress) {
        var engines = new LinkedHashMap<String, CompiledEngine>();
        try {
            var factory = new CompiledFactory(new ModelOptions(threads, InstructionSet.AUTO));
            graphs.forEach((name, graph) -> {
                progress.say("compiling " + name);
                engines.put(name, factory.open(graph));
            });
            progress.say("measuring latency");
            return measure(graphs.values().iterator().next(), engines, seed);
        } finally {
            engines.values().forEach(CompiledEngine::close);
        }
    }

    private Latency measure(Graph graph, Map<String, CompiledEngine> engines, long seed) {
        ImmutableMap<String, Long> sizes = sizes(graph);
        Map<String, Tensor> inputs = new InputGenerator(graph).generate(sizes, Masks.FULL, seed);
        ImmutableMap<String, dev.skive.runtime.Tensor> arguments = CompiledEngine.arguments(inputs);
        ImmutableList<Contender> contenders =
                engines.entrySet().stream()
                        .map(engine -> new Contender(engine.getKey(), () -> run(engine.getValue(), arguments)))
                        .collect(ImmutableList.toImmutableList());
        var timings = new Interleaved(Effort.SHORT.withRounds(rounds), new Random(seed)).measure(contenders, () -> {});
        String kernels = engines.values().iterator().next().model().instructionSet();
        return new Latency(new SymbolSizes(sizes).toString(), threads, rounds, kernels, timings);
    }

    private static void run(CompiledEngine engine, ImmutableMap<String, dev.skive.runtime.Tensor> arguments) {
        if (engine.model().run(arguments).isEmpty()) {
            throw new AssertionError("no outputs");
        }
    }
}

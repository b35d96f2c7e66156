package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.bench.BenchTable;
import dev.skive.cli.bench.Effort;
import dev.skive.cli.bench.Machine;
import dev.skive.cli.bench.SideBySide;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.Count;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures a compiled model against ONNX Runtime, both in this process, taking turns.
@Command(
        name = "bench",
        description = "Measure a compiled model against ONNX Runtime: same inputs, same threads, taking turns.")
public final class Bench extends Verb {
    /// Whether idle threads spin.
    enum Spinning {
        ON,
        OFF
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description = "An .onnx file, or FILE.jar!ENTRY.onnx; with --all several, and folders of them.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--all",
            description =
                    "Measure every .onnx file there, one row per model, on one thread; sizes that are not given with "
                            + "--shapes are a batch of one of 320x320 pixels, 1000 frames, 128 tokens or 512 samples.")
    private boolean all;

    @Option(
            names = "--tokens",
            converter = Count.class,
            split = ",",
            paramLabel = "N",
            defaultValue = "8,16,64,128,256,512",
            description = "Sequence lengths (default: ${DEFAULT-VALUE}).")
    private List<Integer> tokens = new ArrayList<>();

    @Option(
            names = "--batch",
            converter = Count.class,
            paramLabel = "N",
            description = "Sequences in a batch (default: 1).")
    private int batch = 1;

    @Option(
            names = "--shapes",
            split = ";",
            paramLabel = "SIZES",
            converter = SymbolSizes.Converter.class,
            description = "Sizes of the inputs instead of tokens and batch, for example 'height=224,width=224'.")
    private List<SymbolSizes> shapes = new ArrayList<>();

    @Option(
            names = "--threads",
            converter = Count.Threads.class,
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = new ArrayList<>();

    @Option(
            names = "--spinning",
            paramLabel = "ON|OFF",
            description = "Whether idle threads of ONNX Runtime spin, as is its default (default: on).")
    private Spinning spinning = Spinning.ON;

    @Option(
            names = {"--instruction-set", "--engine"},
            paramLabel = "ENGINE",
            description = "Kernels of the compiled model: auto, vector or scalar (default: vector).")
    private EngineKind engine = EngineKind.VECTOR;

    @Option(
            names = "--rounds",
            converter = Count.class,
            paramLabel = "N",
            description = "How often each engine takes its turn (default: 25, with --quick 7).")
    private @Nullable Integer rounds;

    @Option(
            names = "--quick",
            description =
                    "Warm up for a shorter time and take fewer turns: enough to see the ratio, not to publish it.")
    private boolean quick;

    @Option(
            names = "--assert-ratio",
            paramLabel = "RATIO",
            description = "Fail when ONNX Runtime's median is less than RATIO times that of the compiled model.")
    private double assertRatio;

    @Mixin private CompileArguments compiling = new CompileArguments();

    /// The verb, printing to these streams.
    public Bench(Streams streams) {
        super(streams);
    }

    /// The report on a measurement.
    ///
    /// @param model the model
    /// @param machine what it was measured on
    /// @param spinning whether idle threads of ONNX Runtime spun
    /// @param rows one per shape and number of threads
    record Report(String model, Machine machine, boolean spinning, ImmutableList<SideBySide.Row> rows) {}

    private Effort effort() {
        Effort usual = quick ? Effort.SHORT : Effort.FULL;
        return rounds == null ? usual : usual.withRounds(rounds);
    }

    @Override
    int run(Console console) throws IOException {
        if (all) {
            return new BenchAll(compiling, engine, shapes, effort(), assertRatio).run(models, console);
        }
        if (models.size() > 1) {
            throw new SkiveException(ExitCode.USAGE, "one model at a time, or --all");
        }
        String model = models.getFirst();
        try (var source = ModelSource.open(model)) {
            Machine machine = Machine.current();
            console.print(machine.toString());
            console.print("spin  onnxruntime %s".formatted(spinning.name().toLowerCase(java.util.Locale.ROOT)));
            Graph graph = compiling.read(source, console);
            ImmutableList<SymbolSizes> sizes = shapes(graph);
            sizes.forEach(shape -> shape.resolve(graph));
            var compiled = new CompiledModel(compiling.generate(compiling.optimize(graph, source, console), source));
            var plan =
                    new SideBySide.Plan(
                            sizes, ImmutableList.copyOf(threads), engine, spinning == Spinning.ON, effort());
            ImmutableList<SideBySide.Row> rows = new SideBySide(source.onnx(graph), graph, compiled).run(plan, console);
            console.print(BenchTable.of(rows));
            console.json(new Report(model, machine, spinning == Spinning.ON, rows));
            return judge(rows, console);
        }
    }

    private ImmutableList<SymbolSizes> shapes(Graph graph) {
        if (!shapes.isEmpty()) {
            return ImmutableList.copyOf(shapes);
        }
        return SymbolSizes.symbols(graph).isEmpty()
                ? ImmutableList.of(SymbolSizes.NONE)
                : tokens.stream().map(count -> SymbolSizes.of(batch, count)).collect(ImmutableList.toImmutableList());
    }

    private int judge(ImmutableList<SideBySide.Row> rows, Console console) {
        ImmutableList<SideBySide.Row> slow =
                rows.stream().filter(row -> !(row.ratio() >= assertRatio)).collect(ImmutableList.toImmutableList());
        slow.forEach(row ->
                console.error(
                        "%s, %d threads: ratio %.2f is below %.2f"
                                .formatted(row.shape(), row.threads(), row.ratio(), assertRatio)));
        return slow.isEmpty() ? OK : FAILED;
    }
}

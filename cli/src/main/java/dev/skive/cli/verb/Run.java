package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.engine.JarInputs;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.CompiledJar;
import dev.skive.cli.model.Count;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.cli.model.TensorSummary;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.InterpreterEngine;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a model once and summarizes its outputs.
@Command(name = "run", description = "Run a model once and summarize its outputs.")
public final class Run extends Verb {
    private static final String RANDOM = "random";
    private static final long MAXIMUM_INPUT_BYTES = 1L << 33;

    @Parameters(
            paramLabel = "MODEL",
            description = "An .onnx or .skg file, FILE.jar!ENTRY.onnx, or a jar that skive compiled.")
    private String model = "";

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "A .npz file with an array per input, or 'random' (default: random).")
    private String inputs = RANDOM;

    @Option(
            names = "--shape",
            paramLabel = "SIZES",
            converter = SymbolSizes.Converter.class,
            description = "Sizes of random inputs, for example batch=1,sequence=16.")
    private SymbolSizes shape = SymbolSizes.NONE;

    @Option(names = "--output", paramLabel = "FILE", description = "A .npz file to write the outputs to.")
    private @Nullable Path output;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What runs the model: ${COMPLETION-CANDIDATES} (default: auto).")
    private EngineKind kind = EngineKind.AUTO;

    @Option(
            names = "--threads",
            converter = Count.Threads.class,
            paramLabel = "N",
            description = "Threads (default: one per processor, at most 16).")
    private int threads = ModelOptions.defaults().threads();

    @Mixin private CompileArguments compiling = new CompileArguments();

    /// The verb, printing to these streams.
    public Run(Streams streams) {
        super(streams);
    }

    /// The report on a run.
    ///
    /// @param model the model
    /// @param engine what ran it
    /// @param milliseconds time of the one call, the JVM being cold
    /// @param outputs what came out
    record Report(String model, String engine, double milliseconds, ImmutableList<TensorSummary> outputs) {}

    @Override
    int run(Console console) throws IOException {
        if (model.endsWith(".jar")) {
            return runJar(console);
        }
        try (var source = ModelSource.open(model)) {
            Graph graph = compiling.read(source, console);
            ImmutableMap<String, Tensor> values =
                    inputs(() -> new InputGenerator(graph).generate(shape.resolve(graph), Masks.FULL, console.seed()));
            try (Engine engine = engine(source, graph, console)) {
                return run(engine, values, console);
            }
        }
    }

    private int runJar(Console console) throws IOException {
        var options = new ModelOptions(threads, kind.instructionSet());
        try (Model compiled = CompiledJar.open(Path.of(model), options)) {
            ImmutableMap<String, Tensor> values =
                    inputs(() -> JarInputs.make(compiled.inputs(), shape.resolve(compiled.inputs()), console.seed()));
            return run(new CompiledEngine(compiled.instructionSet(), compiled), values, console);
        }
    }

    private ImmutableMap<String, Tensor> inputs(Supplier<Map<String, Tensor>> random) {
        return inputs.equals(RANDOM)
                ? ImmutableMap.copyOf(random.get())
                : ImmutableMap.copyOf(Maps.transformValues(Npz.read(Path.of(inputs), MAXIMUM_INPUT_BYTES), Tensor::of));
    }

    private Engine engine(ModelSource source, Graph graph, Console console) throws IOException {
        return switch (kind) {
            case AUTO, VECTOR, SCALAR ->
                    new CompiledModel(compiling.generate(compiling.optimize(graph, source, console), source))
                            .engine(kind, threads);
            case INTERPRETER -> new InterpreterEngine(graph, Precision.DECLARED);
            case ORT -> OrtReference.open(source.onnx(graph), OrtOptions.DEFAULT.withThreads(threads));
        };
    }

    private int run(Engine engine, ImmutableMap<String, Tensor> values, Console console) {
        long start = System.nanoTime();
        Map<String, Tensor> outputs = engine.run(values);
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (output != null) {
            Map<String, TensorData> data = Maps.transformValues(outputs, Tensor::toData);
            Npz.write(data, output);
        }
        var report =
                new Report(
                        model,
                        engine.name(),
                        milliseconds,
                        outputs.entrySet().stream()
                                .map(entry -> TensorSummary.of(entry.getKey(), entry.getValue()))
                                .collect(ImmutableList.toImmutableList()));
        print(report, console);
        console.json(report);
        return OK;
    }

    private static void print(Report report, Console console) {
        var table = new Table("output", "type", "min", "max", "mean", "first values");
        report.outputs()
                .forEach(summary ->
                        table.row(
                                summary.name(),
                                summary.type(),
                                "%.6g".formatted(summary.minimum()),
                                "%.6g".formatted(summary.maximum()),
                                "%.6g".formatted(summary.mean()),
                                summary.first().toString()));
        console.print(table.toString());
        console.detail("%s, first call %.1f ms".formatted(report.engine(), report.milliseconds()));
    }
}

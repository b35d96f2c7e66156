package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.bench.BenchTable;
import dev.skive.cli.bench.Effort;
import dev.skive.cli.bench.Machine;
import dev.skive.cli.bench.SideBySide;
import dev.skive.cli.check.CheckPlan;
import dev.skive.cli.check.CheckRow;
import dev.skive.cli.check.CheckTable;
import dev.skive.cli.check.Checks;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.codegen.GeneratedModel;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/// The whole way with one model: compile MiniLM, verify it, measure it.
@Command(
        name = "demo",
        description = "Compile the sentence model MiniLM, verify it against ONNX Runtime, measure both.")
public final class Demo extends Verb {
    private static final String JAR_PROPERTY = "skive.demo.jar";
    private static final String ENTRY = "all-minilm-l6-v2.onnx";
    private static final ImmutableList<SymbolSizes> CHECKED =
            ImmutableList.of(SymbolSizes.of(1, 16), SymbolSizes.of(4, 64));
    private static final ImmutableList<SymbolSizes> MEASURED =
            ImmutableList.of(
                    SymbolSizes.of(1, 8), SymbolSizes.of(1, 32), SymbolSizes.of(1, 128), SymbolSizes.of(1, 512));

    private final CompileArguments compiling = new CompileArguments();

    /// The verb, printing to these streams.
    public Demo(Streams streams) {
        super(streams);
    }

    /// The report on the demo.
    ///
    /// @param sources where the generated source is
    /// @param machine what was measured on
    /// @param passed whether all checks passed
    /// @param checks one per engine and case
    /// @param rows one per shape and number of threads
    record Report(
            String sources,
            Machine machine,
            boolean passed,
            ImmutableList<CheckRow> checks,
            ImmutableList<SideBySide.Row> rows) {}

    @Override
    int run(Console console) throws IOException {
        Path jar =
                Optional.ofNullable(System.getProperty(JAR_PROPERTY))
                        .map(Path::of)
                        .orElseThrow(() ->
                                new SkiveException(
                                        ExitCode.USAGE,
                                        "run the demo with './skive demo', which fetches its model; or set -D%s to the jar"
                                                .formatted(JAR_PROPERTY)));
        Path sources = jar.toAbsolutePath().resolveSibling("java");
        try (var source = ModelSource.open(jar + "!" + ENTRY)) {
            console.print("Compiling %s (%s) ...".formatted(ENTRY, Console.bytes(source.file().toFile().length())));
            long start = System.nanoTime();
            Graph graph = compiling.read(source, console);
            GeneratedModel generated = compiling.generate(compiling.optimize(graph, source, console), "demo", "MiniLm");
            generated.writeSources(sources);
            generated.writeWeights(sources.resolve(generated.weightsPath()));
            var compiled = new CompiledModel(generated);
            console.print(
                    "  done in %.1f s; the Java source is in %s"
                            .formatted((System.nanoTime() - start) / 1e9, sources.resolve("demo")));
            return prove(new Proof(source.file(), graph, compiled, sources), console);
        }
    }

    private record Proof(Path model, Graph graph, CompiledModel compiled, Path sources) {}

    private static int prove(Proof proof, Console console) {
        console.print("\nVerifying it against ONNX Runtime ...");
        ImmutableList<CheckRow> checks =
                new Checks(proof.model(), proof.graph(), proof.compiled())
                        .run(
                                new CheckPlan(
                                        ImmutableList.of(EngineKind.AUTO, EngineKind.SCALAR),
                                        threads(),
                                        CHECKED,
                                        ImmutableList.copyOf(Masks.values()),
                                        Tolerance.FLOAT32),
                                console);
        boolean passed = CheckTable.print(checks, console);
        Machine machine = Machine.current();
        console.print("\nMeasuring both, taking turns ...\n" + machine);
        var plan = new SideBySide.Plan(MEASURED, threads(), EngineKind.AUTO, true, Effort.SHORT);
        ImmutableList<SideBySide.Row> rows =
                new SideBySide(proof.model(), proof.graph(), proof.compiled()).run(plan, console);
        console.print(BenchTable.of(rows));
        console.print(
                String.format(
                        Locale.ROOT,
                        "%nRead the generated model: %s%nMeasure thoroughly: skive bench MODEL",
                        proof.sources().resolve("demo").resolve("MiniLm.java")));
        console.json(new Report(proof.sources().toString(), machine, passed, checks, rows));
        return passed ? OK : FAILED;
    }

    private static ImmutableList<Integer> threads() {
        return Runtime.getRuntime().availableProcessors() > 1 ? ImmutableList.of(1, 2) : ImmutableList.of(1);
    }
}

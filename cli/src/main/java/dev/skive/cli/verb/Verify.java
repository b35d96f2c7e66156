package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.check.CheckPlan;
import dev.skive.cli.check.CheckRow;
import dev.skive.cli.check.CheckTable;
import dev.skive.cli.check.Checks;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.Count;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Tolerance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compiles a model and compares what it computes with ONNX Runtime.
@Command(
        name = "verify",
        description = "Compile a model and compare what it computes with ONNX Runtime. Fails when it could not.")
public final class Verify extends Verb {
    private static final double ERROR_RATIO = 2;

    @Parameters(paramLabel = "MODEL", description = "An .onnx or .skg file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "ENGINES",
            defaultValue = "vector,scalar",
            description = "Engines to check (default: ${DEFAULT-VALUE}).")
    private List<EngineKind> engines = new ArrayList<>();

    @Option(
            names = "--threads",
            converter = Count.Threads.class,
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Numbers of threads; results must not depend on them (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = new ArrayList<>();

    @Option(
            names = "--shapes",
            split = ";",
            paramLabel = "SIZES",
            converter = SymbolSizes.Converter.class,
            description = "Sizes of the inputs, for example 'batch=1,sequence=8;batch=4,sequence=16'.")
    private List<SymbolSizes> shapes = new ArrayList<>();

    @Option(
            names = "--masks",
            split = ",",
            paramLabel = "KINDS",
            defaultValue = "full,padded",
            description = "Attention masks (default: ${DEFAULT-VALUE}).")
    private List<Masks> masks = new ArrayList<>();

    @Option(
            names = {"--l2", "--rtol"},
            paramLabel = "ERROR",
            description = "Largest relative L2 error of an output (default: 1e-5).")
    private double relativeL2 = Tolerance.FLOAT32.relativeL2();

    @Option(
            names = "--referee",
            description =
                    "Also ask the double-precision interpreter, which is slow: the error against it may be at "
                            + "most twice that of ONNX Runtime.")
    private boolean referee;

    @Mixin private CompileArguments compiling = new CompileArguments();

    /// The verb, printing to these streams.
    public Verify(Streams streams) {
        super(streams);
    }

    /// The report on a verification.
    ///
    /// @param model the model
    /// @param tolerance largest relative L2 error allowed
    /// @param passed whether all checks passed
    /// @param checks one per engine and case
    record Report(String model, double tolerance, boolean passed, ImmutableList<CheckRow> checks) {}

    @Override
    int run(Console console) throws IOException {
        try (var source = ModelSource.open(model)) {
            Graph graph = compiling.read(source, console);
            var compiled = new CompiledModel(compiling.generate(compiling.optimize(graph, source, console), source));
            ImmutableList<CheckRow> rows = new Checks(source.onnx(graph), graph, compiled).run(plan(), console);
            boolean passed = CheckTable.print(rows, console);
            console.json(new Report(model, relativeL2, passed, rows));
            return passed ? OK : FAILED;
        }
    }

    private CheckPlan plan() {
        Tolerance tolerance = Tolerance.relativeL2(relativeL2);
        return new CheckPlan(
                ImmutableList.copyOf(engines),
                ImmutableList.copyOf(threads),
                ImmutableList.copyOf(shapes),
                ImmutableList.copyOf(masks),
                referee ? tolerance.withErrorRatio(ERROR_RATIO) : tolerance);
    }
}

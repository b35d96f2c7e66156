package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.console.Streams;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelJar;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes a model as Java source and a weights file, and as a compiled jar when that is asked for.
@Command(name = "compile", description = "Write a model as Java source and a weights file, or as a jar.")
public final class Compile extends Verb {
    private static final int STEPS = 4;

    @Parameters(paramLabel = "MODEL", description = "An .onnx or .skg file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Source folder to write the Java source and the weights to, below the package's folder.")
    private @Nullable Path folder;

    @Option(names = "--jar", paramLabel = "FILE", description = "Jar to write the compiled classes and the weights to.")
    private @Nullable Path jar;

    @Option(names = "--package", paramLabel = "NAME", description = "Java package (default: ${DEFAULT-VALUE}).")
    private String packageName = "generated";

    @Option(names = "--class-name", paramLabel = "NAME", description = "Java class (default: after the model's file).")
    private @Nullable String className;

    @Option(names = "--print-plan", description = "Print the kernels in the order they run.")
    private boolean printPlan;

    @Mixin private CompileArguments compiling = new CompileArguments();

    @Spec private CommandSpec spec = CommandSpec.create();

    /// The verb, printing to these streams.
    public Compile(Streams streams) {
        super(streams);
    }

    /// The report on a compilation.
    ///
    /// @param model the model read
    /// @param mainClass the public class
    /// @param kernels number of kernels that run
    /// @param sources the source files, relative to the source folder
    /// @param sourceBytes bytes of all source files
    /// @param files what was written
    /// @param milliseconds time it took
    record Report(
            String model,
            String mainClass,
            int kernels,
            ImmutableList<String> sources,
            long sourceBytes,
            ImmutableList<String> files,
            long milliseconds) {}

    @Override
    int run(Console console) throws IOException {
        if (folder == null && jar == null && !printPlan) {
            throw new ParameterException(spec.commandLine(), "nothing to do; give -o DIR, --jar FILE or --print-plan");
        }
        long start = System.nanoTime();
        try (var source = ModelSource.open(model);
                Progress progress = console.progress("compiling", STEPS)) {
            Graph graph = compiling.read(source, console);
            progress.step();
            Graph optimized = compiling.optimize(graph, source, console);
            progress.step();
            String simpleName = Optional.ofNullable(className).orElseGet(() -> Codegen.className(source.name()));
            GeneratedModel generated = compiling.generate(optimized, packageName, simpleName);
            progress.step();
            if (printPlan) {
                console.print(generated.printPlans());
            }
            ImmutableList<Path> written = write(generated);
            var report = report(generated, written, Duration.ofNanos(System.nanoTime() - start));
            print(report, console);
            console.json(report);
            return OK;
        }
    }

    private ImmutableList<Path> write(GeneratedModel generated) throws IOException {
        var written = ImmutableList.<Path>builder();
        if (folder != null) {
            generated.writeSources(folder);
            generated.sources().keySet().forEach(name -> written.add(folder.resolve(name)));
            Path weights = folder.resolve(generated.weightsPath());
            generated.writeWeights(weights);
            written.add(weights);
        }
        if (jar != null) {
            ModelJar.write(generated, jar);
            written.add(jar);
        }
        return written.build();
    }

    private Report report(GeneratedModel generated, ImmutableList<Path> written, Duration time) {
        return new Report(
                model,
                generated.mainClass(),
                generated.kernels(),
                generated.sources().keySet().asList(),
                generated.sources().values().stream()
                        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                        .sum(),
                written.stream().map(Path::toString).collect(ImmutableList.toImmutableList()),
                time.toMillis());
    }

    private static void print(Report report, Console console) throws IOException {
        for (String file : report.files()) {
            console.print("%10s  %s".formatted(Console.bytes(Files.size(Path.of(file))), file));
        }
        console.print(
                "%s: %d kernels, %s of source, %.1f s"
                        .formatted(
                                report.mainClass(),
                                report.kernels(),
                                Console.bytes(report.sourceBytes()),
                                report.milliseconds() / 1e3));
    }
}

package dev.skive.cli.model;

import dev.skive.cli.console.Console;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.GeneratedModel;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassEvents;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.Pipeline;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of verbs that compile a model.
public final class CompileArguments {
    private static final String DEFAULT_PACKAGE = "generated";

    @Mixin private PipelineArguments passing = new PipelineArguments();

    @Option(
            names = "--target",
            paramLabel = "CPU",
            description =
                    "Processor to pack the weights for: ${COMPLETION-CANDIDATES} (default: avx512); any other works "
                            + "too, after a slower start.")
    private VectorWidth target = VectorWidth.AVX512;

    @Mixin private ImportArguments importing = new ImportArguments();

    /// The graph of a model as it is in the file.
    public Graph read(ModelSource source, Console console) {
        return importing.read(source, console);
    }

    /// The graph after the passes.
    public Graph optimize(Graph graph, ModelSource source, Console console) {
        Pipeline passes = passing.pipeline("compile", source, "compile");
        return new PassManager(passes).run(graph, importing.context(console, PassEvents.IGNORED)).graph();
    }

    /// The generated model of an optimized graph, in the package and class that are used when none are asked for.
    public GeneratedModel generate(Graph optimized, ModelSource source) {
        return generate(optimized, DEFAULT_PACKAGE, Codegen.className(source.name()));
    }

    /// The generated model of an optimized graph.
    public GeneratedModel generate(Graph optimized, String packageName, String className) {
        return Codegen.generate(
                optimized, CodegenOptions.of(packageName, className).withFloatLanes(target.floatLanes()));
    }
}

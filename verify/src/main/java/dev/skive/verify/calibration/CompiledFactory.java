package dev.skive.verify.calibration;

import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import java.io.IOException;

/// Compiles graphs in memory, after the passes of the bundle `compile`.
///
/// @param options threads and kernels
public record CompiledFactory(ModelOptions options) implements EngineFactory {
    private static final CodegenOptions NAMES = CodegenOptions.of("generated.data", "Model");

    @Override
    public CompiledEngine open(Graph graph) {
        var passes = Pipeline.parse("compile", PassRegistry.load());
        Graph optimized = new PassManager(passes).run(graph, PassContext.quiet()).graph();
        try (var compiled = new ModelLoader.Compiled(Codegen.generate(optimized, NAMES))) {
            return new CompiledEngine(compiled.load(options));
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write temporary weights: " + e.getMessage(), e);
        }
    }
}

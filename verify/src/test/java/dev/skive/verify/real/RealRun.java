package dev.skive.verify.real;

import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Compiles real models.
final class RealRun {
    private RealRun() {}

    /// A model's generated classes.
    static ModelLoader.Compiled compile(Graph graph) {
        var pipeline = Pipeline.parse("compile", PassRegistry.load());
        Graph optimized = new PassManager(pipeline).run(graph, PassContext.quiet()).graph();
        try {
            return new ModelLoader.Compiled(
                    Codegen.generate(optimized, CodegenOptions.of("compiled.real", Codegen.className(graph.name()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.skive.verify;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real model all the way: imported, optimized, compiled, and in ONNX Runtime.
final class CompiledEncoder implements AutoCloseable {
    private final Graph graph;
    private final ModelLoader.Compiled compiled;
    private final OrtReference reference;

    CompiledEncoder(EmbeddingModel model) {
        this(model.file());
    }

    CompiledEncoder(Path file) {
        this(new OnnxImporter().read(file), OrtReference.open(file, OrtOptions.DEFAULT));
    }

    /// A model that is a graph already.
    CompiledEncoder(Graph graph, OrtReference reference) {
        this.graph = graph;
        this.compiled = compile(generate(graph));
        this.reference = reference;
    }

    /// The generated source of an imported model.
    static GeneratedModel generate(Graph graph) {
        var pipeline = Pipeline.parse("compile", PassRegistry.load());
        Graph optimized = new PassManager(pipeline).run(graph, PassContext.quiet()).graph();
        return Codegen.generate(optimized, CodegenOptions.of("compiled.encoder", Codegen.className(graph.name())));
    }

    private static ModelLoader.Compiled compile(GeneratedModel generated) {
        try {
            return new ModelLoader.Compiled(generated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The model as imported.
    Graph graph() {
        return graph;
    }

    /// The model in ONNX Runtime.
    OrtReference reference() {
        return reference;
    }

    /// An instance of the generated class.
    Model load(InstructionSet set, int threads) {
        return compiled.load(new ModelOptions(threads, set));
    }

    /// Every combination of batch and sequence sizes, with full and padded masks.
    List<Case> cases(List<Long> batches, List<Long> sequences) {
        List<String> symbols =
                graph.inputs().stream()
                        .flatMap(input -> input.shape().dims().stream())
                        .flatMap(dim -> dim.asSymbol().stream())
                        .distinct()
                        .toList();
        return Case.grid(ImmutableMap.of(symbols.get(0), batches, symbols.get(1), sequences), 1);
    }

    /// Inputs for a case.
    Map<String, Tensor> inputs(Case one) {
        return new InputGenerator(graph).generate(one.sizes(), one.masks(), one.seed());
    }

    @Override
    public void close() {
        reference.close();
    }
}

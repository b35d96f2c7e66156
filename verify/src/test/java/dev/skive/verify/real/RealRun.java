package dev.skive.verify.real;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// A real model as vector code, as scalar code, and in ONNX Runtime, in this order.
///
/// @param engines the three
record RealRun(ImmutableList<Engine> engines) implements AutoCloseable {
    static RealRun of(RealModel model) {
        ModelLoader.Compiled compiled = compile(model.graph());
        return new RealRun(
                ImmutableList.of(
                        new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.VECTOR))),
                        new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.SCALAR))),
                        OrtReference.open(model.file(), model.options())));
    }

    /// A model's generated classes.
    static ModelLoader.Compiled compile(Graph graph) {
        var pipeline = Pipeline.parse("simplify,fuse", PassRegistry.load());
        Graph optimized = new PassManager(pipeline).run(graph, PassContext.quiet()).graph();
        try {
            return new ModelLoader.Compiled(
                    Codegen.generate(optimized, CodegenOptions.of("compiled.real", Codegen.className(graph.name()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The only output of an engine on one input.
    static Tensor only(Engine engine, String name, Tensor input) {
        return engine.run(Map.of(name, input)).values().iterator().next();
    }

    /// Token ids as a batch of one.
    static Tensor tokens(long... ids) {
        return Tensor.ofIntegers(ElementType.INT64, ids, 1, ids.length);
    }

    /// Where the largest of so many values is.
    static int best(double[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
    }
}

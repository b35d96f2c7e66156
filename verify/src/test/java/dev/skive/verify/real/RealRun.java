package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
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
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/// A real model on the engines whose end results are compared.
///
/// @param reference ONNX Runtime
/// @param vector the compiled model with its vector kernels
/// @param scalar the compiled model with its scalar kernels
record RealRun(Engine reference, Engine vector, Engine scalar) implements AutoCloseable {
    /// True when all of the data is to be used instead of a part of it.
    static final boolean FULL = Boolean.getBoolean("skive.full");

    /// Compiles a model and opens it in ONNX Runtime.
    static RealRun of(RealModel model) {
        ModelLoader.Compiled compiled = compile(model.graph());
        return new RealRun(
                OrtReference.open(model.file(), model.options()),
                new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.VECTOR))),
                new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.SCALAR))));
    }

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

    /// The only output of an engine on one input.
    static Tensor only(Engine engine, String name, Tensor input) {
        return ImmutableList.copyOf(engine.run(Map.of(name, input)).values()).getFirst();
    }

    /// Real numbers as a tensor of float32.
    static Tensor reals(double[] values, long... sizes) {
        return Tensor.of(Tensor.ofReals(ElementType.FLOAT32, values, sizes).toData());
    }

    /// Token ids as a batch of one.
    static Tensor tokens(long... ids) {
        return Tensor.ofIntegers(ElementType.INT64, ids, 1, ids.length);
    }

    /// Where the largest of some values is, counted from the first of them.
    static int best(double[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }

    /// Holds what an engine found to what ONNX Runtime found, and prints how far they are apart.
    static void agree(String what, Tensor expected, Tensor found) {
        Comparison comparison = Comparer.compare(what, expected, found);
        print(comparison.toString());
        assertThat(comparison).matches(one -> one.isWithin(Tolerance.FLOAT32), "within " + Tolerance.FLOAT32);
    }

    /// Prints a figure, for the table of `docs/real-models.md`.
    static void print(String line) {
        System.out.println(line);
    }

    /// Prints a figure.
    @FormatMethod
    static void print(@FormatString String format, Object... values) {
        print(String.format(Locale.ROOT, format, values));
    }

    @Override
    public void close() {
        reference.close();
        vector.close();
        scalar.close();
    }
}

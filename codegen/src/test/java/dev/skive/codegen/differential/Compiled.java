package dev.skive.codegen.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A graph as generated code, with vector and with scalar kernels, each on one, two and three threads.
public final class Compiled implements AutoCloseable {
    private static final int MOST_THREADS = 3;

    private final Graph graph;
    private final List<Model> models = new ArrayList<>();

    /// Generates, compiles and loads.
    public Compiled(Graph graph) {
        this.graph = graph;
        var compiled = compile(Codegen.generate(graph, CodegenOptions.of("generated.model", "Tested")));
        for (InstructionSet set : List.of(InstructionSet.VECTOR, InstructionSet.SCALAR)) {
            for (int threads = 1; threads <= MOST_THREADS; threads++) {
                models.add(compiled.load(new ModelOptions(threads, set)));
            }
        }
    }

    /// Compiles generated sources.
    public static ModelLoader.Compiled compile(GeneratedModel model) {
        try {
            return new ModelLoader.Compiled(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every kernel gives what the interpreter gives, with the same bits on any number of threads.
    public void check(Map<String, Tensor> inputs, Map<String, Long> symbols) {
        Expected expected = Expected.of(graph, inputs, symbols);
        var mistakes = new ArrayList<String>();
        for (int i = 0; i < models.size(); i += MOST_THREADS) {
            var alone = models.get(i).run(Tensors.toRuntime(inputs));
            String kernels = models.get(i).instructionSet();
            alone.forEach((name, tensor) ->
                    expected.mistake(name, Tensors.fromRuntime(tensor))
                            .ifPresent(mistake -> mistakes.add(kernels + ": " + mistake)));
            for (int threads = 2; threads <= MOST_THREADS; threads++) {
                var shared = models.get(i + threads - 1).run(Tensors.toRuntime(inputs));
                mistakes.addAll(different(alone, shared, kernels + " on " + threads + " threads: "));
            }
        }
        assertThat(mistakes).as("sizes %s", symbols).isEmpty();
    }

    private static List<String> different(
            Map<String, dev.skive.runtime.Tensor> alone, Map<String, dev.skive.runtime.Tensor> shared, String where) {
        var different = new ArrayList<String>();
        alone.forEach((name, tensor) -> {
            if (!tensor.equals(shared.get(name))) {
                different.add(where + name + " has other bits");
            }
        });
        return different;
    }

    /// The models, vector kernels first, fewer threads first.
    public List<Model> models() {
        return models;
    }

    @Override
    public void close() {
        models.forEach(Model::close);
    }

    /// Compiles a graph and checks it with random inputs once per binding of symbols.
    public static void check(RandomCase random, List<ImmutableMap<String, Long>> sizes) {
        Graph graph = random.graph();
        try (var compiled = new Compiled(graph)) {
            for (var symbols : sizes) {
                compiled.check(random.inputs(symbols), symbols);
            }
        }
    }
}

package dev.skive.bench;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.runtime.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/// A generated class around one kernel, with inputs of `[1, tokens, width]` for it. A call includes what every call of a
/// generated class includes: checks, copying the inputs, copying the output.
final class GeneratedKernel implements AutoCloseable {
    /// Hidden size of MiniLM.
    static final int HIDDEN = 384;

    private static final long SEED = 17;
    private static final Origin ORIGIN = Origin.of("benchmark");

    private final Model model;
    private final ImmutableMap<String, Tensor> inputs;

    private GeneratedKernel(Model model, ImmutableMap<String, Tensor> inputs) {
        this.model = model;
        this.inputs = inputs;
    }

    /// Generates, compiles and loads a model whose output is made of inputs with these widths.
    ///
    /// @param engine `vector` or `scalar`
    static GeneratedKernel of(
            ImmutableMap<String, Integer> widths,
            int tokens,
            String engine,
            BiFunction<GraphBuilder, ImmutableMap<String, Value>, Value> body) {
        Graph graph = graph(widths, body);
        var options = new ModelOptions(1, InstructionSet.valueOf(engine.toUpperCase(Locale.ROOT)));
        try {
            Model model = ModelLoader.compile(Codegen.generate(graph, CodegenOptions.of("bench", "Kernel")), options);
            var inputs = ImmutableMap.<String, Tensor>builder();
            widths.forEach((name, width) -> inputs.put(name, FloatTensor.of(random(tokens * width), 1, tokens, width)));
            return new GeneratedKernel(model, inputs.buildOrThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Graph graph(
            ImmutableMap<String, Integer> widths, BiFunction<GraphBuilder, ImmutableMap<String, Value>, Value> body) {
        var builder = new GraphBuilder("kernel");
        var values = ImmutableMap.<String, Value>builder();
        widths.forEach((name, width) -> {
            var shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(width));
            values.put(name, builder.input(name, new TensorType(ElementType.FLOAT32, shape)));
        });
        builder.output("y", body.apply(builder, values.buildOrThrow()));
        return builder.build();
    }

    /// A constant of random floats.
    static Value weights(GraphBuilder builder, int... sizes) {
        int count = 1;
        var longs = new long[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            count *= sizes[axis];
            longs[axis] = sizes[axis];
        }
        return builder.constant(ORIGIN, TensorData.ofFloats(random(count), longs));
    }

    /// Where the nodes of a benchmark come from.
    static Origin origin() {
        return ORIGIN;
    }

    private static float[] random(int count) {
        var random = new Random(SEED);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /// Calls the generated class once.
    Map<String, Tensor> run() {
        return model.run(inputs);
    }

    @Override
    public void close() {
        model.close();
    }
}

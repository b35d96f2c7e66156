package dev.skive.codegen;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.emit.Emission;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Planner;
import dev.skive.codegen.weights.ModelWeights;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.TensorType;

/// From a graph to Java source and a weights file.
public final class Codegen {
    /// A Java method has at most 255 parameters, of which some are taken.
    private static final int MOST_PARAMETERS = 250;

    private Codegen() {}

    /// The generated model of a graph. The same graph and options give the same text and bytes.
    ///
    /// @throws dev.skive.ir.SkiveException when the graph uses what generated code cannot hold or compute
    public static GeneratedModel generate(Graph graph, CodegenOptions options) {
        requireFew("inputs", graph.inputs().size());
        requireFew("outputs", graph.outputs().size());
        requireFew("symbolic sizes", symbols(graph));
        KernelPlan plan = Planner.plan(graph);
        MemoryPlan memory = MemoryPlan.of(plan);
        var weights = new ModelWeights(plan, memory, options.floatLanes());
        String weightsName = options.className() + ".weights";
        ImmutableMap<String, String> sources =
                new Emission(options.packageName(), options.className(), weightsName, weights.sha256())
                        .emit(plan, memory);
        return new GeneratedModel(options, plan, sources, weightsName, weights);
    }

    private static int symbols(Graph graph) {
        return (int)
                graph.inputs().stream()
                        .filter(input -> input.type() instanceof TensorType)
                        .flatMap(input -> input.shape().symbols().stream())
                        .distinct()
                        .count();
    }

    private static void requireFew(String what, int count) {
        if (count > MOST_PARAMETERS) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "the model has %d %s; generated code takes at most %d, as Java methods do"
                            .formatted(count, what, MOST_PARAMETERS));
        }
    }

    /// A class name after the name of a model.
    public static String className(String modelName) {
        return Emission.className(modelName);
    }
}

package dev.skive.codegen;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.emit.Emission;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Planner;
import dev.skive.codegen.plan.WidenedIntegers;
import dev.skive.codegen.weights.ModelWeights;
import dev.skive.ir.graph.Graph;

/// From a graph to Java source and a weights file.
public final class Codegen {
    private Codegen() {}

    /// The generated model of a graph. The same graph and options give the same text and bytes.
    ///
    /// @throws dev.skive.ir.SkiveException when the graph uses what generated code cannot hold or compute
    public static GeneratedModel generate(Graph graph, CodegenOptions options) {
        KernelPlan plan = Planner.plan(WidenedIntegers.in(graph));
        MemoryPlan memory = MemoryPlan.of(plan);
        var weights = new ModelWeights(plan, memory, options.floatLanes());
        String weightsName = options.className() + ".weights";
        ImmutableMap<String, String> sources =
                new Emission(options.packageName(), options.className(), weightsName, weights.sha256())
                        .emit(plan, memory);
        return new GeneratedModel(options, plan, sources, weightsName, weights);
    }

    /// A class name after the name of a model.
    public static String className(String modelName) {
        return Emission.className(modelName);
    }
}

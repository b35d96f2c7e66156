package dev.skive.codegen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.emit.Emission;
import dev.skive.codegen.emit.ProgramEmission;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Planner;
import dev.skive.codegen.plan.WidenedIntegers;
import dev.skive.codegen.program.Program;
import dev.skive.codegen.program.Routine;
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
        return Program.isNeeded(graph) ? program(graph, options) : single(graph, options);
    }

    private static GeneratedModel single(Graph graph, CodegenOptions options) {
        ModelWeights.Part part = part(graph);
        var weights = new ModelWeights(ImmutableList.of(part), options.floatLanes());
        ImmutableMap<String, String> sources =
                new Emission(options.packageName(), options.className())
                        .emit(part.plan(), part.memory(), weightsName(options), weights.sha256());
        return new GeneratedModel(options, ImmutableList.of(part.plan()), sources, weightsName(options), weights);
    }

    /// A model whose course depends on data: compiled parts, and a class that goes from one to the next.
    private static GeneratedModel program(Graph graph, CodegenOptions options) {
        Program program = Program.of(graph);
        ImmutableList<ModelWeights.Part> parts =
                program.parts().stream()
                        .map(Routine.Part::graph)
                        .map(Codegen::part)
                        .collect(ImmutableList.toImmutableList());
        var weights = new ModelWeights(parts, options.floatLanes());
        ImmutableMap<String, String> sources =
                new ProgramEmission(options.packageName(), options.className(), program)
                        .emit(weights, weightsName(options));
        ImmutableList<KernelPlan> plans =
                parts.stream().map(ModelWeights.Part::plan).collect(ImmutableList.toImmutableList());
        return new GeneratedModel(options, plans, sources, weightsName(options), weights);
    }

    private static ModelWeights.Part part(Graph graph) {
        KernelPlan plan = Planner.plan(WidenedIntegers.in(graph));
        return new ModelWeights.Part(plan, MemoryPlan.of(plan));
    }

    private static String weightsName(CodegenOptions options) {
        return options.className() + ".weights";
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

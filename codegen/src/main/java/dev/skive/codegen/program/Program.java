package dev.skive.codegen.program;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A model as routines and compiled parts.
///
/// @param main the routine of the model's own graph
public record Program(Routine main) {
    /// The program of a graph.
    public static Program of(Graph graph) {
        return new Program(new RoutinePlanner.Numbers().routine(graph));
    }

    /// True when a graph cannot be compiled as one part.
    public static boolean isNeeded(Graph graph) {
        return graph.nodes().stream().anyMatch(Program::isDynamic)
                || graph.outputs().values().stream().anyMatch(output -> !isCompiled(output.type()));
    }

    /// True for nodes that compiled parts cannot hold.
    static boolean isDynamic(Node node) {
        return node.op() instanceof Dynamic
                || Stream.concat(node.operands().stream().map(Value::type), node.types().stream())
                        .anyMatch(type -> !isCompiled(type));
    }

    /// True for values that compiled parts can hold.
    public static boolean isCompiled(Type type) {
        return switch (type) {
            case TensorType tensor -> tensor.element() != ElementType.STRING;
            case AbsentType absent -> true;
            default -> false;
        };
    }

    /// All routines, the main one first.
    public ImmutableList<Routine> routines() {
        var all = new ArrayList<Routine>();
        collect(main, all);
        return ImmutableList.copyOf(all);
    }

    private static void collect(Routine routine, List<Routine> all) {
        all.add(routine);
        for (Routine.Step step : routine.steps()) {
            if (step instanceof Routine.Apply(var node, var bodies)) {
                bodies.forEach(body -> collect(body, all));
            }
        }
    }

    /// All compiled parts, by number.
    public ImmutableList<Routine.Part> parts() {
        return routines().stream()
                .flatMap(routine -> routine.steps().stream())
                .filter(Routine.Part.class::isInstance)
                .map(Routine.Part.class::cast)
                .sorted(java.util.Comparator.comparingInt(Routine.Part::number))
                .collect(ImmutableList.toImmutableList());
    }
}

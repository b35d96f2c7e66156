package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Comparison;
import java.util.Map;

/// Settles who is right when two engines round differently: the interpreter in double precision. Only real outputs are
/// judged; all others are equal or wrong.
///
/// @param graph the model
public record Referee(Graph graph) {
    /// The outputs as exact as doubles make them.
    public Map<String, Tensor> truth(Map<String, Tensor> inputs) {
        return new Interpreter(Precision.DOUBLE).run(graph, inputs);
    }

    /// One judgement per real output.
    ///
    /// @param truth what [#truth] said about the same inputs
    /// @param reference the outputs of the reference
    /// @param candidate the outputs of the engine under test
    /// @throws SkiveException when an output is missing or of another type or shape than the truth
    public static ImmutableList<Judgement> judge(
            Map<String, Tensor> truth, Map<String, Tensor> reference, Map<String, Tensor> candidate) {
        return truth.entrySet().stream()
                .filter(output -> output.getValue().element().isReal())
                .map(output ->
                        new Judgement(
                                output.getKey(),
                                error(output.getKey(), output.getValue(), candidate),
                                error(output.getKey(), output.getValue(), reference)))
                .collect(ImmutableList.toImmutableList());
    }

    private static double error(String name, Tensor truth, Map<String, Tensor> outputs) {
        var comparison = Comparer.compare(Map.of(name, truth), only(name, outputs)).getFirst();
        return switch (comparison) {
            case Comparison.Real real ->
                    real.nonFiniteMismatches() > 0 ? Double.POSITIVE_INFINITY : real.distance().relativeL2();
            case Comparison other -> throw new SkiveException(ExitCode.CHECK_FAILED, "cannot be judged: " + other);
        };
    }

    private static Map<String, Tensor> only(String name, Map<String, Tensor> outputs) {
        Tensor tensor = outputs.get(name);
        return tensor == null ? Map.of() : Map.of(name, tensor);
    }
}

package dev.skive.passes.calibration;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import java.util.List;
import java.util.Map;

/// Activations from the interpreter.
///
/// @param samples the inputs of each run
public record InterpretedActivations(List<Map<String, Tensor>> samples) implements ActivationSource {
    @Override
    public void visit(Graph graph, ImmutableList<Value> values, Visitor visitor) {
        Graph tapped = Taps.on(graph, values);
        for (Map<String, Tensor> inputs : samples) {
            visitor.see(new Interpreter(Precision.DOUBLE).run(tapped, inputs).values().asList());
        }
    }
}

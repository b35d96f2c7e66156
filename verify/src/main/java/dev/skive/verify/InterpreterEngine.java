package dev.skive.verify;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import java.util.Locale;
import java.util.Map;

/// The reference interpreter on a graph.
///
/// @param graph the model
/// @param precision whether results are rounded to their types or stay doubles
public record InterpreterEngine(Graph graph, Precision precision) implements Engine {
    @Override
    public String name() {
        return "interpreter (" + precision.name().toLowerCase(Locale.ROOT) + ")";
    }

    @Override
    public ImmutableMap<String, Tensor> run(Map<String, Tensor> inputs) {
        return new Interpreter(precision).run(graph, inputs);
    }

    @Override
    public ImmutableMap<String, Datum> evaluate(Map<String, Datum> inputs) {
        return new Interpreter(precision).evaluate(graph, inputs);
    }
}

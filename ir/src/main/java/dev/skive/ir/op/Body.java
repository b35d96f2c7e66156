package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.List;

/// A graph that an operator runs. It sees nothing of the graph around it but its inputs: first those the operator gives
/// it, then what it takes from outside, which are operands of the operator.
///
/// @param graph what runs
/// @param captures for each input after those the operator gives, the operand of the operator it is
public record Body(Graph graph, ImmutableList<Integer> captures) {
    /// The same with another graph.
    ///
    /// @throws AssertionError when inputs or outputs are others
    public Body with(Graph other) {
        if (!other.inputs().equals(graph.inputs()) || other.outputs().size() != graph.outputs().size()) {
            throw new AssertionError("a body must keep its inputs and outputs: " + graph + " became " + other);
        }
        return new Body(other, captures);
    }

    /// How many inputs the operator itself gives.
    public int given() {
        return graph.inputs().size() - captures.size();
    }

    /// The types of the results.
    public ImmutableList<Type> results() {
        return graph.outputs().values().stream().map(Value::type).collect(ImmutableList.toImmutableList());
    }

    /// Checks that the operands fit.
    ///
    /// @param first the first operand that can be captured
    /// @param results how many results there must be
    void check(Operands operands, int first, int results) {
        TypeError.check(
                graph.outputs().size() == results,
                "graph '%s' must have %s outputs, found %s",
                graph.name(),
                results,
                graph.outputs().size());
        for (int operand : captures) {
            TypeError.check(
                    operand >= first && operand < operands.size() && operands.has(operand),
                    "graph '%s' takes operand %s, of which there is none",
                    graph.name(),
                    operand);
        }
    }

    /// The results of one run.
    ///
    /// @param given the inputs that the operator gives
    ImmutableList<Datum> run(Evaluation evaluation, List<? extends Datum> given) {
        var inputs = ImmutableMap.<String, Datum>builder();
        for (int i = 0; i < graph.inputs().size(); i++) {
            String name = ((Input) graph.inputs().get(i).node().op()).name();
            inputs.put(name, i < given.size() ? given.get(i) : evaluation.datum(captures.get(i - given.size())));
        }
        return new Interpreter(evaluation.precision()).evaluate(graph, inputs.buildOrThrow()).values().asList();
    }
}

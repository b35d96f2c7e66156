package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.calibration.ActivationSource;
import dev.skive.passes.calibration.Taps;
import dev.skive.verify.Engine;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Activations from an engine: the values asked for become the outputs of the graph it runs. Nothing of a sample is kept
/// after the next one begins.
///
/// @param factory makes the engine
/// @param samples what it runs on
public record EngineActivations(EngineFactory factory, Samples samples) implements ActivationSource {
    @Override
    public void visit(Graph graph, ImmutableList<Value> values, Visitor visitor) {
        try (Engine engine = factory.open(Taps.on(graph, values));
                Stream<ImmutableMap<String, Tensor>> all = samples.open()) {
            Iterator<ImmutableMap<String, Tensor>> each = all.iterator();
            if (!each.hasNext()) {
                throw new SkiveException(ExitCode.USAGE, "the calibration data holds no sample");
            }
            while (each.hasNext()) {
                visitor.see(inOrder(engine.run(each.next()), values.size()));
            }
        }
    }

    private static ImmutableList<Tensor> inOrder(Map<String, Tensor> outputs, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Objects.requireNonNull(outputs.get(Taps.name(i)), "an engine loses an output"))
                .collect(ImmutableList.toImmutableList());
    }
}

package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;

/// Inputs for a graph: a size for every symbol and elements for every input.
///
/// @param symbols the sizes symbols stand for
/// @param tensors the inputs by name
public record Inputs(ImmutableMap<String, Long> symbols, ImmutableMap<String, Tensor> tensors) {
    private static final long[] SIZES = {0, 1, 2, 3, 4, 5, 7};

    /// Random inputs; empty when the graph takes other things than tensors, or a size would be negative.
    public static Optional<Inputs> random(Graph graph, Random random, RandomElements.Range range) {
        var symbols = new HashMap<String, Long>();
        var tensors = ImmutableMap.<String, Tensor>builder();
        var elements = new RandomElements(random, range);
        for (Value value : graph.inputs()) {
            if (!(value.node().op() instanceof Input(String name, TensorType type))) {
                return Optional.empty();
            }
            for (Dim dim : type.shape().dims()) {
                dim.symbols()
                        .forEach(symbol -> symbols.computeIfAbsent(symbol, _ -> SIZES[random.nextInt(SIZES.length)]));
            }
            long[] sizes = type.shape().evaluate(symbols);
            if (java.util.Arrays.stream(sizes).anyMatch(size -> size < 0)) {
                return Optional.empty();
            }
            tensors.put(name, elements.tensor(type.element(), sizes));
        }
        return Optional.of(new Inputs(ImmutableMap.copyOf(symbols), tensors.buildOrThrow()));
    }
}

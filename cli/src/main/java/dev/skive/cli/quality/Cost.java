package dev.skive.cli.quality;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.Constant;
import dev.skive.ir.type.Dim;
import dev.skive.passes.residual.BlockCost;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a model holds and does.
///
/// @param parameters elements of its constants
/// @param weightBytes bytes of its constants
/// @param flops work of one run, as [BlockCost] counts it; none when it depends on data
public record Cost(long parameters, long weightBytes, @Nullable Long flops) {
    /// The cost of a graph.
    ///
    /// @param sizes of the symbols of its inputs
    public static Cost of(Graph graph, Map<String, Long> sizes) {
        Dim flops = BlockCost.flops(graph.nodes());
        boolean isKnown = sizes.keySet().containsAll(flops.symbols());
        return new Cost(
                constants(graph).mapToLong(constant -> constant.data().count()).sum(),
                constants(graph).mapToLong(constant -> constant.data().bytes().byteSize()).sum(),
                isKnown ? flops.evaluate(sizes) : null);
    }

    private static Stream<Constant> constants(Graph graph) {
        return graph.nodes().stream().filter(node -> node.op() instanceof Constant).map(node -> (Constant) node.op());
    }
}

package dev.skive.passes.exact;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.op.Cast;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.weight.WeightConversion;
import java.util.Optional;

/// Keeps weights in the type they are used in. Models store weights in float16 or bfloat16 and cast them each time;
/// kernels want them as they are.
///
/// **Transforms**: `w = cast{to=f32}(f16 constant)`
/// **Into**: `w = f32 constant`
/// **Needs**: nothing.
/// **Contract**: exact: every number of the narrower type is one of the wider.
/// **Source**: constant folding, whatever it costs in bytes.
/// **Leaves out**: casts that round, integers, and types below 16 bits.
public record WidenWeights() implements Pass {
    private static final ImmutableSet<ElementType> NARROW =
            Sets.immutableEnumSet(ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT32);
    private static final ImmutableSet<ElementType> WIDE =
            Sets.immutableEnumSet(ElementType.FLOAT32, ElementType.FLOAT64);

    @Override
    public Contract contract() {
        return Exactness.EXACT;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Graph widened =
                Rewriter.rewrite(
                        graph,
                        (node, rewriter) ->
                                widened(node)
                                        .ifPresent(data -> {
                                            Origin origin = graph.origin(node).touchedBy(name());
                                            context.events().fired(name(), origin);
                                            rewriter.replace(node.result(), rewriter.target().constant(origin, data));
                                        }));
        if (widened.equals(graph)) {
            context.say(this, "no weight is cast to a wider type");
        }
        return widened;
    }

    private static Optional<TensorData> widened(Node node) {
        return node.op() instanceof Cast cast
                ? node.operand(0)
                        .constant()
                        .filter(data -> NARROW.contains(data.element()) && WIDE.contains(cast.to()))
                        .map(data -> WeightConversion.convert(data, cast.to()))
                : Optional.empty();
    }
}

package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Linear;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Contract;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.LeastSquares;
import dev.skive.passes.calibration.Taps;
import java.util.List;
import java.util.Optional;

/// Repairs a residual stream after blocks were taken out of it or merged: at each cut, from the first on, an affine map brings
/// the stream as near as it can to what it was there before, in the sense of least squares on calibration data.
///
/// **Transforms**: `y = next(x)`, after a cut
/// **Into**: `y = next(add(x, linear(x, a, c)))`
/// **Needs**: linears-fused; calibration data; a pass before it that takes blocks out.
/// **Contract**: approximate; the metric that is checked is the user's.
/// **Source**: ridge regression, drawn towards the identity; the place of the fine-tuning that Gromov et al., "The
/// Unreasonable Ineffectiveness of the Deeper Layers", call healing.
/// **Leaves out**: folding the map into the products around it: what carries the stream past them has no weight to fold it
/// into, so that each cut costs one product.
///
/// @param ridge how strongly the map is drawn to the identity, as a share of the variance of the stream
public record Heal(double ridge) implements Pass {
    /// Checks the option.
    public Heal {
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("ridge must be above 0, found " + ridge);
        }
    }

    /// Draws the map to the identity by a hundredth of the variance.
    public Heal() {
        this(0.01);
    }

    @Override
    public Contract contract() {
        return Contract.Approximate.BY_USER;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return ImmutableSet.of(Fact.LINEARS_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Optional<Graph> before = context.exactly();
        ImmutableList<Cut> cuts = before.map(old -> Cut.between(old, graph)).orElse(ImmutableList.of());
        if (cuts.isEmpty()) {
            context.say(this, "no block of the longest residual stream was taken out before");
            return graph;
        }
        Graph current = graph;
        for (int i = 0; i < cuts.size(); i++) {
            // A map adds a block of its own, which stands for none of the old ones: cuts keep their number.
            Cut cut = Cut.between(before.get(), current).get(i);
            current = healed(current, before.get(), cut, context);
            context.events().progress(i + 1, cuts.size());
        }
        context.say(this, "healed %d cuts".formatted(cuts.size()));
        return current;
    }

    private Graph healed(Graph graph, Graph before, Cut cut, PassContext context) {
        Graph both = Taps.on(ImmutableList.of(before, graph), List.of(cut.now(), cut.before()));
        int width = Math.toIntExact(cut.now().shape().last().known());
        var squares = new LeastSquares(width);
        context.activations()
                .visit(both, Taps.values(both), sample -> squares.add(sample.get(0).reals(), sample.get(1).reals()));
        LeastSquares.Affine map = squares.solve(ridge);
        Origin origin = graph.origin(cut.now().node()).touchedBy(name());
        ElementType element = cut.now().tensor().element();
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    if (node.equals(cut.now().node())) {
                        insert(cut.now(), map, rewriter, new Place(origin, element, width));
                    }
                });
    }

    private record Place(Origin origin, ElementType element, int width) {}

    private static void insert(Value value, LeastSquares.Affine map, Rewriter rewriter, Place place) {
        Value stream =
                rewriter.target()
                        .addNode(
                                place.origin(),
                                value.node().op(),
                                value.node().operands().stream().map(rewriter::map).toList())
                        .result(value.index());
        Value weight =
                rewriter.target()
                        .constant(
                                place.origin(),
                                TensorData.ofReals(
                                        place.element(), map.difference().toArray(), place.width(), place.width()));
        Value shift =
                rewriter.target()
                        .constant(
                                place.origin(),
                                TensorData.ofReals(place.element(), map.shift().toArray(), place.width()));
        Value repair = rewriter.target().add(place.origin(), new Linear(), stream, weight, shift);
        rewriter.replace(value, rewriter.target().add(place.origin(), new Add(), stream, repair));
    }
}

package dev.skive.cli.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.Case;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Tolerance;

/// What is checked.
///
/// @param engines the engines to check
/// @param threads the numbers of threads to check each with
/// @param shapes sizes of the inputs; none for the usual ones
/// @param masks kinds of attention masks
/// @param tolerance how close outputs have to be
public record CheckPlan(
        ImmutableList<EngineKind> engines,
        ImmutableList<Integer> threads,
        ImmutableList<SymbolSizes> shapes,
        ImmutableList<Masks> masks,
        Tolerance tolerance) {
    private static final ImmutableList<SymbolSizes> USUAL_SHAPES =
            ImmutableList.of(SymbolSizes.of(1, 8), SymbolSizes.of(1, 128), SymbolSizes.of(4, 16));

    /// The cases for a model: every shape with every kind of mask, each with a seed of its own.
    ///
    /// @throws dev.skive.ir.SkiveException when a shape does not fit the model
    public ImmutableList<Case> cases(Graph graph, long seed) {
        var cases = ImmutableList.<Case>builder();
        long next = seed;
        for (ImmutableMap<String, Long> sizes : sizes(graph)) {
            for (Masks kind : masks) {
                cases.add(new Case(ImmutableSortedMap.copyOf(sizes), kind, next++));
            }
        }
        return cases.build();
    }

    private ImmutableSet<ImmutableMap<String, Long>> sizes(Graph graph) {
        if (SymbolSizes.symbols(graph).isEmpty() && shapes.isEmpty()) {
            return ImmutableSet.of(ImmutableMap.of());
        }
        return (shapes.isEmpty() ? USUAL_SHAPES : shapes)
                .stream().map(shape -> shape.resolve(graph)).collect(ImmutableSet.toImmutableSet());
    }
}

package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A chain of additions `x' = x + f(x)`, perhaps followed by a normalization, that carries one tensor through a network.
/// The analysis expects norms and attention as one operator each, as the `fuse` passes leave them.
///
/// @param blocks the additions in order
public record ResidualStream(ImmutableList<Block> blocks) {
    /// The streams of a graph, in the order in which they begin; those inside a block of another are not among them.
    public static ImmutableList<ResidualStream> find(Graph graph) {
        Map<Node, Step> steps = Step.all(graph);
        Map<Step, Step.Link> links = links(steps);
        var streams = new ArrayList<List<Step>>();
        Set<Step> left = new HashSet<>(steps.values());
        while (!left.isEmpty()) {
            List<Step> longest = longest(graph, left, links);
            streams.add(longest);
            Set<Node> inside = new HashSet<>();
            longest.forEach(step -> inside.addAll(step.body()));
            left.removeIf(step -> longest.contains(step) || inside.contains(step.sum()));
        }
        return streams.stream()
                .sorted(Comparator.comparingInt(stream -> graph.position(stream.getFirst().sum())))
                .map(stream -> new ResidualStream(blocks(graph, stream, links)))
                .collect(ImmutableList.toImmutableList());
    }

    /// The stream with the most blocks, the first of equals; empty when there is none.
    public static Optional<ResidualStream> longest(Graph graph) {
        return find(graph).stream()
                .reduce((best, stream) -> stream.blocks().size() > best.blocks().size() ? stream : best);
    }

    private static Map<Step, Step.Link> links(Map<Node, Step> steps) {
        var links = new LinkedHashMap<Step, Step.Link>();
        steps.values().forEach(step -> step.link(steps).ifPresent(link -> links.put(step, link)));
        return links;
    }

    /// The longest chain among these steps; of chains of the same length the one that ends last.
    private static List<Step> longest(Graph graph, Collection<Step> among, Map<Step, Step.Link> links) {
        List<Step> inOrder =
                among.stream().sorted(Comparator.comparingInt(step -> graph.position(step.sum()))).toList();
        var chains = new HashMap<Step, List<Step>>();
        for (Step step : inOrder) {
            Step.Link link = links.get(step);
            var chain = new ArrayList<>(link == null ? List.of() : chains.getOrDefault(link.before(), List.of()));
            chain.add(step);
            chains.put(step, chain);
        }
        return inOrder.stream()
                .map(step -> chains.getOrDefault(step, List.of()))
                .reduce(List.of(), (best, chain) -> chain.size() >= best.size() ? chain : best);
    }

    private static ImmutableList<Block> blocks(Graph graph, List<Step> chain, Map<Step, Step.Link> links) {
        var blocks = ImmutableList.<Block>builder();
        for (int i = 0; i < chain.size(); i++) {
            Step step = chain.get(i);
            ImmutableList<Node> after =
                    i + 1 < chain.size() ? bridge(chain.get(i + 1), links) : lastNorm(graph, chain, links);
            blocks.add(new BlockBuilder(graph, step, after).build(i));
        }
        return blocks.build();
    }

    private static ImmutableList<Node> bridge(Step step, Map<Step, Step.Link> links) {
        Step.Link link = links.get(step);
        return link == null ? ImmutableList.of() : link.bridge();
    }

    /// In a post-norm network the norm after the last addition belongs to the last block.
    private static ImmutableList<Node> lastNorm(Graph graph, List<Step> chain, Map<Step, Step.Link> links) {
        Step last = chain.getLast();
        boolean postNorm =
                chain.stream().skip(1).anyMatch(step -> bridge(step, links).stream().anyMatch(NormPlacement::isNorm));
        List<Node> users = graph.users(last.sum().result());
        return postNorm && users.size() == 1 && NormPlacement.isNorm(users.getFirst())
                ? ImmutableList.of(users.getFirst())
                : ImmutableList.of();
    }

    /// The value the first block reads.
    public Value start() {
        return blocks.getFirst().skip();
    }

    /// The value after the last block.
    public Value end() {
        return blocks.getLast().output();
    }

    /// The type of what the stream carries.
    public TensorType type() {
        return start().tensor();
    }
}

package dev.skive.ir.layer;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds equal layers: sequences of sections that follow each other and are equal up to constants. Of all that there are it
/// takes those that save most nodes, then looks again before and after them.
final class RepeatedSections {
    /// Fewer nodes are no layer.
    private static final int SMALLEST_LAYER = 4;

    /// A layer of more sections than this is not looked for.
    private static final int LONGEST_LAYER = 1024;

    private final Graph graph;
    private final ImmutableList<Section> sections;
    private final int[] kinds;
    private final int[] sizes;
    private final List<LayerTemplate> found = new ArrayList<>();
    private int saved;

    /// Sections that repeat.
    ///
    /// @param start the first
    /// @param period how many make a layer
    /// @param count how many layers there are
    /// @param saved nodes of all layers but one
    private record Run(int start, int period, int count, int saved) {
        private int end() {
            return start + period * count;
        }
    }

    private RepeatedSections(Graph graph, ImmutableList<Node> waists) {
        this.graph = graph;
        this.sections = Section.of(graph, waists);
        Map<Object, Integer> numbers = new HashMap<>();
        this.kinds =
                sections.stream()
                        .mapToInt(section ->
                                numbers.computeIfAbsent(
                                        LayerTemplate.outline(section.nodes()), outline -> numbers.size()))
                        .toArray();
        this.sizes = new int[kinds.length + 1];
        for (int i = 0; i < kinds.length; i++) {
            sizes[i + 1] = sizes[i] + sections.get(i).nodes().size();
        }
    }

    /// The templates between those waists where most repeats.
    static ImmutableList<LayerTemplate> templates(Graph graph) {
        return Waists.of(graph).stream()
                .map(waists -> new RepeatedSections(graph, waists).search())
                .max(Comparator.comparingInt(search -> search.saved))
                .map(search -> ImmutableList.copyOf(search.found))
                .orElse(ImmutableList.of());
    }

    private RepeatedSections search() {
        search(0, kinds.length);
        return this;
    }

    private void search(int from, int to) {
        int start = from;
        for (Optional<Run> best = best(from, to); best.isPresent(); best = best(start, to)) {
            Run run = best.get();
            search(start, run.start());
            template(run);
            start = run.end();
        }
    }

    private Optional<Run> best(int from, int to) {
        Run best = null;
        for (int period = 1; period <= Math.min(LONGEST_LAYER, (to - from) / 2); period++) {
            int equal = 0;
            for (int i = from; i + period < to; i++) {
                equal = kinds[i] == kinds[i + period] ? equal + 1 : 0;
                int count = equal / period + 1;
                int start = i - equal + 1;
                int layer = sizes[start + period] - sizes[start];
                int saved = (count - 1) * layer;
                if (count > 1 && layer >= SMALLEST_LAYER && (best == null || saved > best.saved())) {
                    best = new Run(start, period, count, saved);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /// Sections that look the same can still take different things from each other: layers that do are not equal.
    private void template(Run run) {
        var layers = new ArrayList<ImmutableList<Node>>();
        for (int i = 0; i < run.count(); i++) {
            int first = run.start() + i * run.period();
            ImmutableList<Node> layer =
                    sections.subList(first, first + run.period()).stream()
                            .flatMap(section -> section.nodes().stream())
                            .collect(ImmutableList.toImmutableList());
            if (!layers.isEmpty() && !LayerTemplate.areEqual(layers.getFirst(), layer)) {
                add(layers);
                layers.clear();
            }
            layers.add(layer);
        }
        add(layers);
    }

    private void add(List<ImmutableList<Node>> layers) {
        if (layers.size() > 1) {
            saved += (layers.size() - 1) * layers.getFirst().size();
            found.add(LayerTemplate.of(graph, layers));
        }
    }
}

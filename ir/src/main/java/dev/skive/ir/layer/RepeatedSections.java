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
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Finds equal layers: sequences of sections that follow each other and are equal up to constants. Of all that there are it
/// takes those that save most nodes, then looks again before and after them.
final class RepeatedSections {
    /// Fewer nodes are no layer.
    private static final int SMALLEST_LAYER = 4;

    /// A layer of more sections than this is not looked for.
    private static final int LONGEST_LAYER = 1024;

    /// Places where a layer can begin that are compared.
    private static final int MOST_CHOICES = 64;

    private final Graph graph;
    private final ImmutableList<Section> sections;
    private final ToIntFunction<EqualLayers> preference;
    private final int[] kinds;
    private final int[] sizes;
    private final List<EqualLayers> found = new ArrayList<>();
    private int saved;

    /// Sections that repeat.
    ///
    /// @param start the first
    /// @param period how many make a layer
    /// @param count how many layers there are
    /// @param spare how many sections more look like the beginning of another layer
    /// @param saved nodes of all layers but one
    private record Run(int start, int period, int count, int spare, int saved) {
        private Run at(int other) {
            return new Run(other, period, count, 0, saved);
        }

        private boolean isLayers() {
            return saved / (count - 1) >= SMALLEST_LAYER;
        }

        private int end() {
            return start + period * count;
        }
    }

    private RepeatedSections(Graph graph, ImmutableList<Node> waists, ToIntFunction<EqualLayers> preference) {
        this.graph = graph;
        this.preference = preference;
        this.sections = Section.of(graph, waists);
        Map<Object, Integer> numbers = new HashMap<>();
        this.kinds =
                sections.stream()
                        .mapToInt(section ->
                                numbers.computeIfAbsent(
                                        EqualLayers.outline(section.nodes()), outline -> numbers.size()))
                        .toArray();
        this.sizes = new int[kinds.length + 1];
        for (int i = 0; i < kinds.length; i++) {
            sizes[i + 1] = sizes[i] + sections.get(i).nodes().size();
        }
    }

    /// The layers between those waists where most repeats.
    static ImmutableList<EqualLayers> layers(Graph graph, ToIntFunction<EqualLayers> preference) {
        return Waists.of(graph).stream()
                .map(waists -> new RepeatedSections(graph, waists, preference).search())
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
            List<EqualLayers> layers = preferred(run);
            search(start, run.start());
            layers.forEach(equal -> saved += (equal.layers().size() - 1) * equal.layers().getFirst().size());
            found.addAll(layers);
            start = run.end() + run.spare();
        }
    }

    /// The layers of a run, beginning where that is best.
    private List<EqualLayers> preferred(Run run) {
        return IntStream.rangeClosed(0, Math.min(run.spare(), MOST_CHOICES))
                .mapToObj(shift -> layers(run.at(run.start() + shift)))
                .max(Comparator.comparingInt(layers -> layers.stream().mapToInt(preference).sum()))
                .orElseThrow();
    }

    private Optional<Run> best(int from, int to) {
        Run best = null;
        for (int period = 1; period <= Math.min(LONGEST_LAYER, (to - from) / 2); period++) {
            int equal = 0;
            for (int i = from; i + period < to; i++) {
                equal = kinds[i] == kinds[i + period] ? equal + 1 : 0;
                boolean goesOn = i + 1 + period < to && kinds[i + 1] == kinds[i + 1 + period];
                if (equal >= period && !goesOn) {
                    Run run = run(i + 1 - equal, period, equal);
                    best = run.isLayers() && (best == null || run.saved() > best.saved()) ? run : best;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Run run(int start, int period, int equal) {
        int layer = sizes[start + period] - sizes[start];
        return new Run(start, period, equal / period + 1, equal % period, equal / period * layer);
    }

    /// Sections that look the same can still take different things from each other: layers that do are not equal.
    private List<EqualLayers> layers(Run run) {
        var equal = new ArrayList<EqualLayers>();
        var layers = new ArrayList<ImmutableList<Node>>();
        for (int i = 0; i < run.count(); i++) {
            int first = run.start() + i * run.period();
            ImmutableList<Node> layer =
                    sections.subList(first, first + run.period()).stream()
                            .flatMap(section -> section.nodes().stream())
                            .collect(ImmutableList.toImmutableList());
            if (!layers.isEmpty() && !EqualLayers.areEqual(layers.getFirst(), layer)) {
                add(layers, equal);
                layers.clear();
            }
            layers.add(layer);
        }
        add(layers, equal);
        return equal;
    }

    private void add(List<ImmutableList<Node>> layers, List<EqualLayers> equal) {
        if (layers.size() > 1) {
            equal.add(EqualLayers.of(graph, layers));
        }
    }
}

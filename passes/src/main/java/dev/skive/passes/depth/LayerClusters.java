package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.calibration.ActivationSource;
import dev.skive.passes.calibration.LinearCka;
import dev.skive.passes.residual.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Layers by what they give on calibration data: for each the mean over positions of every sample.
final class LayerClusters {
    private final List<List<double[]>> pooled;

    private LayerClusters(int layers) {
        pooled = IntStream.range(0, layers).<List<double[]>>mapToObj(i -> new ArrayList<>()).toList();
    }

    static LayerClusters measure(Graph graph, ImmutableList<Layer> layers, ActivationSource activations) {
        ImmutableList<Value> outputs = layers.stream().map(Layer::output).collect(ImmutableList.toImmutableList());
        var clusters = new LayerClusters(layers.size());
        activations.visit(graph, outputs, clusters::add);
        return clusters;
    }

    private void add(ImmutableList<Tensor> sample) {
        for (int i = 0; i < sample.size(); i++) {
            pooled.get(i).add(mean(sample.get(i)));
        }
    }

    private static double[] mean(Tensor values) {
        int width = values.size(values.rank() - 1);
        int rows = values.reals().length / Math.max(1, width);
        var mean = new double[width];
        for (int i = 0; i < values.reals().length; i++) {
            mean[i % width] += values.reals()[i] / rows;
        }
        return mean;
    }

    /// The layers to drop so that `count` fewer stay: neighbouring clusters, at first single layers, are joined where the
    /// last layer of one and the first of the next give the most similar values; then the middle of each cluster stays.
    ImmutableSortedSet<Integer> dropped(int count) {
        List<List<Integer>> clusters = new ArrayList<>();
        IntStream.range(0, pooled.size()).forEach(layer -> clusters.add(List.of(layer)));
        for (int joined = 0; joined < count; joined++) {
            int best =
                    IntStream.range(0, clusters.size() - 1)
                            .boxed()
                            .max(Comparator.comparingDouble(i -> similarity(clusters.get(i), clusters.get(i + 1))))
                            .orElseThrow(AssertionError::new);
            var both = new ArrayList<>(clusters.get(best));
            both.addAll(clusters.remove(best + 1));
            clusters.set(best, both);
        }
        var stay = new TreeSet<Integer>();
        clusters.forEach(cluster -> stay.add(cluster.get(cluster.size() / 2)));
        return IntStream.range(0, pooled.size())
                .boxed()
                .filter(layer -> !stay.contains(layer))
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private double similarity(List<Integer> left, List<Integer> right) {
        return LinearCka.of(pooled.get(left.getLast()), pooled.get(right.getFirst()));
    }
}

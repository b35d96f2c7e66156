package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.calibration.ActivationSource;
import dev.skive.passes.calibration.Similarity;

/// How far apart the values of a stream are on calibration data: for each pair the mean of a distance over positions and
/// samples.
final class StreamDistances {
    private final double[][] cosines;
    private final double[][] angles;
    private long samples;

    private StreamDistances(int values) {
        cosines = new double[values][values];
        angles = new double[values][values];
    }

    /// Measures the distances between all pairs of values, each `[batch, positions..., channels]`.
    static StreamDistances measure(
            Graph graph, ImmutableList<Value> values, ActivationSource activations, Tokens tokens) {
        var distances = new StreamDistances(values.size());
        activations.visit(graph, values, sample -> distances.add(sample, tokens));
        return distances;
    }

    private void add(ImmutableList<Tensor> sample, Tokens tokens) {
        samples++;
        for (int i = 0; i < sample.size(); i++) {
            for (int j = i + 1; j < sample.size(); j++) {
                add(i, j, sample.get(i), sample.get(j), tokens);
            }
        }
    }

    private void add(int i, int j, Tensor a, Tensor b, Tokens tokens) {
        int width = a.size(a.rank() - 1);
        int batch = a.size(0);
        int rows = a.reals().length / Math.max(1, width) / Math.max(1, batch);
        int looked = batch * (tokens.to(rows) - tokens.from(rows));
        for (int one = 0; one < batch; one++) {
            for (int row = tokens.from(rows); row < tokens.to(rows); row++) {
                double cosine = Similarity.cosine(a.reals(), b.reals(), (one * rows + row) * width, width);
                cosines[i][j] += cosine / looked;
                angles[i][j] += Similarity.angularDistance(cosine) / looked;
            }
        }
    }

    /// The mean cosine between two values, the earlier first.
    double cosine(int i, int j) {
        return cosines[i][j] / samples;
    }

    /// The mean angular distance between two values, the earlier first.
    double angle(int i, int j) {
        return angles[i][j] / samples;
    }

    /// How many samples were seen.
    long samples() {
        return samples;
    }
}

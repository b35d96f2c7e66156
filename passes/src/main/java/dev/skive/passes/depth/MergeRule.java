package dev.skive.passes.depth;

import dev.skive.ir.data.TensorData;
import dev.skive.passes.weight.WeightCombination;
import java.util.Arrays;
import java.util.List;

/// How the weights of several layers become those of one. With `w[0]` the weight of the layer that stays:
public enum MergeRule {
    /// `w[m]`: each difference is taken against what the sum has become, so that the last layer's weight remains. What the
    /// published code of LaCo does.
    TELESCOPING {
        @Override
        double[] factors(int layers) {
            var factors = new double[layers];
            factors[layers - 1] = 1;
            return factors;
        }
    },
    /// `w[0] + sum over k of (w[k] - w[0])`: LaCo as its paper has it.
    DIFFERENCES {
        @Override
        double[] factors(int layers) {
            var factors = new double[layers];
            Arrays.fill(factors, 1);
            factors[0] = 2.0 - layers;
            return factors;
        }
    },
    /// `w[0] + mean over k of (w[k] - w[0])`: the mean of the other layers.
    MEAN {
        @Override
        double[] factors(int layers) {
            var factors = new double[layers];
            Arrays.fill(factors, 1.0 / (layers - 1));
            factors[0] = 0;
            return factors;
        }
    };

    /// The factor of each layer's weight.
    abstract double[] factors(int layers);

    /// The merged weight.
    ///
    /// @param weights of the layers in order, two or more
    TensorData merge(List<TensorData> weights) {
        TensorData first = weights.getFirst();
        return weights.stream().allMatch(first::equals)
                ? first
                : WeightCombination.of(weights, factors(weights.size()));
    }
}

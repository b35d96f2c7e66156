package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;
import dev.skive.passes.calibration.Similarity;
import java.util.function.Consumer;
import java.util.function.Function;

/// Judges an encoder by sentence pairs: Spearman's correlation of the cosines between the vectors of the two sentences with
/// the scores that people gave.
///
/// @param pairs the sentences
/// @param pooling makes one vector of an output
public record PairScore(SentencePairs pairs, Pooling pooling) {
    /// The correlation, from -1 to 1.
    ///
    /// @param encoder gives the output for a sentence
    /// @param after hears of each pair when it is done
    public double of(Function<String, Tensor> encoder, Consumer<SentencePairs.Pair> after) {
        var cosines = new double[pairs.pairs().size()];
        var scores = new double[cosines.length];
        for (int i = 0; i < cosines.length; i++) {
            SentencePairs.Pair pair = pairs.pairs().get(i);
            double[] first = pooling.pool(encoder.apply(pair.first()));
            double[] second = pooling.pool(encoder.apply(pair.second()));
            cosines[i] = Similarity.cosine(first, second, 0, first.length);
            scores[i] = pair.score();
            after.accept(pair);
        }
        return Spearman.of(cosines, scores);
    }
}

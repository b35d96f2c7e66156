package dev.skive.runtime.dynamic;

import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often n-grams of a pool occur.
///
/// @param mode `TF` for counts, `IDF` for weights, `TFIDF` for both multiplied
/// @param shortest the shortest n-gram
/// @param longest the longest n-gram
/// @param mostSkips the most elements between two of an n-gram
/// @param outputs the number of results per row
public record Frequencies(String mode, int shortest, int longest, int mostSkips, int outputs) {
    /// The weighted counts for each row of integers.
    ///
    /// @param grams the n-grams
    /// @param places for each n-gram, its place among the results
    /// @param weights for each n-gram, its weight
    public Value of(Value value, long[][] grams, int[] places, float[] weights) {
        Tensor x = Control.tensor(value);
        Map<List<Long>, Integer> known = new HashMap<>();
        for (int i = 0; i < grams.length; i++) {
            var gram = new ArrayList<Long>();
            for (long element : grams[i]) {
                gram.add(element);
            }
            known.put(gram, i);
        }
        long[] shape = x.shape();
        int width = (int) shape[shape.length - 1];
        int rows = shape.length == 1 ? 1 : (int) shape[0];
        long[] elements = Elements.integers(x);
        var results = new float[rows * outputs];
        for (int row = 0; row < rows; row++) {
            for (Map.Entry<Integer, Integer> found : counts(known, elements, row * width, width).entrySet()) {
                int gram = found.getKey();
                results[row * outputs + places[gram]] += weighted(found.getValue(), weights[gram]);
            }
        }
        shape[shape.length - 1] = outputs;
        return FloatTensor.of(results, shape);
    }

    private float weighted(int count, float weight) {
        return switch (mode) {
            case "TF" -> count;
            case "IDF" -> weight;
            default -> count * weight;
        };
    }

    private Map<Integer, Integer> counts(Map<List<Long>, Integer> known, long[] elements, int from, int width) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int length = shortest; length <= longest; length++) {
            for (int skip = 1; skip <= (length == 1 ? 1 : mostSkips + 1); skip++) {
                for (int start = 0; start + (length - 1) * skip < width; start++) {
                    var gram = new ArrayList<Long>();
                    for (int i = 0; i < length; i++) {
                        gram.add(elements[from + start + i * skip]);
                    }
                    Integer place = known.get(gram);
                    if (place != null) {
                        counts.merge(place, 1, Integer::sum);
                    }
                }
            }
        }
        return counts;
    }
}

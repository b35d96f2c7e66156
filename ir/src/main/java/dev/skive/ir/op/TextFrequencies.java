package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often n-grams of a pool occur in each row, weighted
///
/// **Shapes**: `[n]` -> `[outputs]`, `[b, n]` -> `[b, outputs]`.
/// **Types**: `i32` or `i64` -> `f32`.
/// **Numerics**: exact counts; weights in `f32`.
/// **Errors**: none.
/// **Source**: ONNX `TfIdfVectorizer`.
///
/// @param mode what a count becomes
/// @param shortest the shortest n-gram
/// @param longest the longest n-gram
/// @param mostSkips the most elements between two of an n-gram
/// @param outputs the number of results per row
/// @param grams the n-grams
/// @param places for each n-gram, its place among the results
/// @param weights for each n-gram, its weight
public record TextFrequencies(
        Mode mode,
        int shortest,
        int longest,
        int mostSkips,
        int outputs,
        ImmutableList<ImmutableList<Long>> grams,
        ImmutableList<Integer> places,
        ImmutableList<Float> weights)
        implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireInteger(0);
        Shape shape = operands.shape(0);
        TypeError.check(shape.rank() == 1 || shape.rank() == 2, "operand 0 must have rank 1 or 2, found %s", shape);
        return ImmutableList.of(new TensorType(ElementType.FLOAT32, shape.with(-1, Dim.of(outputs))));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        Map<List<Long>, Integer> known = new HashMap<>();
        for (int i = 0; i < grams.size(); i++) {
            known.put(grams.get(i), i);
        }
        int width = x.size(-1);
        int rows = x.rank() == 1 ? 1 : x.size(0);
        var results = new double[rows * outputs];
        for (int row = 0; row < rows; row++) {
            long[] elements = Arrays.copyOfRange(x.integers(), row * width, (row + 1) * width);
            for (Map.Entry<Integer, Integer> found : counts(known, elements).entrySet()) {
                int gram = found.getKey();
                results[row * outputs + places.get(gram)] += mode.apply(found.getValue(), weights.get(gram));
            }
        }
        return ImmutableList.of(
                x.rank() == 1
                        ? Tensor.ofReals(ElementType.FLOAT32, results, outputs)
                        : Tensor.ofReals(ElementType.FLOAT32, results, rows, outputs));
    }

    /// How often each n-gram of the pool occurs. Single elements cannot be skipped between.
    private Map<Integer, Integer> counts(Map<List<Long>, Integer> known, long[] elements) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int length = shortest; length <= longest; length++) {
            for (int skip = 1; skip <= (length == 1 ? 1 : mostSkips + 1); skip++) {
                for (int start = 0; start + (length - 1) * skip < elements.length; start++) {
                    var gram = new ArrayList<Long>();
                    for (int i = 0; i < length; i++) {
                        gram.add(elements[start + i * skip]);
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

    /// What a count becomes.
    public enum Mode {
        /// The count.
        TF,
        /// The weight, when there is any.
        IDF,
        /// The count times the weight.
        TFIDF;

        private double apply(int count, float weight) {
            return switch (this) {
                case TF -> count;
                case IDF -> weight;
                case TFIDF -> (float) count * weight;
            };
        }
    }
}

package dev.skive.verify.metric;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// Compares the outputs of two engines, as pure functions of them.
public final class Comparer {
    private Comparer() {}

    /// One comparison per output of either engine, those of the reference first.
    public static ImmutableList<Comparison> compare(Map<String, Tensor> reference, Map<String, Tensor> found) {
        return Sets.union(reference.keySet(), found.keySet()).stream()
                .map(name ->
                        compare(name, Optional.ofNullable(reference.get(name)), Optional.ofNullable(found.get(name))))
                .collect(ImmutableList.toImmutableList());
    }

    private static Comparison compare(String output, Optional<Tensor> reference, Optional<Tensor> found) {
        if (reference.isEmpty()) {
            return new Comparison.Incomparable(output, "the reference has no such output");
        }
        if (found.isEmpty()) {
            return new Comparison.Incomparable(output, "the output is missing");
        }
        return compare(output, reference.get(), found.get());
    }

    /// The comparison of one output.
    public static Comparison compare(String output, Tensor reference, Tensor found) {
        if (!reference.type().equals(found.type())) {
            return new Comparison.Incomparable(
                    output, "found %s, reference %s".formatted(found.type(), reference.type()));
        }
        if (reference.element().isReal()) {
            return compareReals(output, reference, found);
        }
        return reference.element() == ElementType.STRING
                ? compareExactly(output, reference, reference.text()::get, found.text()::get)
                : compareExactly(output, reference, i -> reference.integers()[i], i -> found.integers()[i]);
    }

    private static Comparison compareReals(String output, Tensor reference, Tensor found) {
        var sum = new DistanceSum();
        long mismatches = 0;
        int worst = -1;
        for (int i = 0; i < reference.count(); i++) {
            double expected = reference.reals()[i];
            double actual = found.reals()[i];
            if (Double.isFinite(expected) && Double.isFinite(actual)) {
                worst = sum.add(expected, actual) && mismatches == 0 ? i : worst;
            } else if (Double.compare(expected, actual) != 0) {
                worst = mismatches == 0 ? i : worst;
                mismatches++;
            }
        }
        Optional<Comparison.Element> element =
                worst < 0
                        ? Optional.empty()
                        : Optional.of(
                                Comparison.Element.at(
                                        reference, worst, reference.reals()[worst], found.reals()[worst]));
        return new Comparison.Real(output, sum.distance(), mismatches, element);
    }

    private static Comparison compareExactly(
            String output, Tensor sizes, IntFunction<Object> reference, IntFunction<Object> found) {
        List<Integer> unequal = new ArrayList<>();
        for (int i = 0; i < sizes.count(); i++) {
            if (!reference.apply(i).equals(found.apply(i))) {
                unequal.add(i);
            }
        }
        Optional<Comparison.Element> first =
                unequal.stream()
                        .findFirst()
                        .map(i -> Comparison.Element.at(sizes, i, reference.apply(i), found.apply(i)));
        return new Comparison.Exact(output, unequal.size(), first);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Optional;

/// The labels and scores of a tree classifier of two classes, as ORT has them:
///
/// - a row whose leaves say nothing of the second class has one score, which is that of the second class all the same;
/// - when leaves speak of both classes, the label is 1 or 0, whatever the labels are, unless they are texts;
/// - of two base values the second and the sum of the first class are the score of a second class with a contribution, and
///   the same with the other sign is that of the first.
///
/// @param labels the labels
/// @param scores what becomes of the scores
/// @param weights what the leaves say
/// @param base what is added
@SuppressWarnings("ArrayRecordComponent")
record TwoClasses(ClassLabels labels, Scores scores, LeafWeights weights, double... base) {
    /// The results.
    ///
    /// @param sums `[n, 2]`
    /// @param contributes where a class has a contribution
    ImmutableList<Value> results(Term sums, Term contributes) {
        if (base.length > 2) {
            throw sums.node().failure("2 classes, but %s base values", base.length);
        }
        Optional<TensorData> known = contributes.value().constant();
        if (known.isPresent()) {
            Rows rows = known.get().getLong(1) == 1 ? both(sums, contributes) : first(sums, contributes);
            return ImmutableList.of(label(rows.isSecond), rows.scores);
        }
        Term isBoth = TreeImporters.column(contributes, 1);
        Rows both = both(sums, contributes);
        Rows single = first(sums, contributes);
        Term mixed = isBoth.choose(new Term(sums.node(), both.scores), new Term(sums.node(), single.scores));
        // Booleans are chosen between as the operator of the IR chooses: by numbers.
        Term label =
                isBoth.choose(both.isSecond.as(ElementType.UINT8), single.isSecond.as(ElementType.UINT8))
                        .as(ElementType.BOOL);
        return ImmutableList.of(label(label), mixed.value());
    }

    private Value label(Term isSecond) {
        return isBinary() ? labels.either(isSecond) : labels.place(isSecond);
    }

    /// The score of the first class; the base value is only added where there is a contribution.
    private Term first(Term sums, Term contributes, double base) {
        Term score = TreeImporters.column(sums, 0);
        return where(contributes, 0, score.plus(base), score);
    }

    /// One term where a class has a contribution, else the other.
    private static Term where(Term contributes, int column, Term some, Term none) {
        Optional<TensorData> known = contributes.value().constant();
        if (known.isPresent()) {
            return known.get().getLong(column) == 1 ? some : none;
        }
        return TreeImporters.column(contributes, column).choose(some, none);
    }

    /// Whether the second class is chosen, and both scores.
    private record Rows(Term isSecond, Value scores) {}

    /// Rows whose leaves say something of the second class.
    private Rows both(Term sums, Term contributes) {
        Term first = base.length == 1 ? first(sums, contributes, base[0]) : TreeImporters.column(sums, 0);
        Term second = TreeImporters.column(sums, 1);
        if (base.length == 2) {
            second = first.plus(base[1]);
            first = where(contributes, 0, second.number(0).minus(second), TreeImporters.column(sums, 0));
        }
        return new Rows(isSecond(second), joined(first, second));
    }

    /// Rows whose leaves say nothing of the second class.
    private Rows first(Term sums, Term contributes) {
        Term first = base.length == 0 ? TreeImporters.column(sums, 0) : first(sums, contributes, base[0]);
        if (base.length == 2) {
            return new Rows(isSecond(first), joined(first, TreeImporters.column(sums, 1)));
        }
        Scores.Other other = isBinary() && isPositive() ? Scores.Other.COMPLEMENT : Scores.Other.NEGATIVE;
        return new Rows(isSecond(first), scores.pair(first.as(ElementType.FLOAT32), other));
    }

    private Value joined(Term first, Term second) {
        NodeContext node = first.node();
        Value joined = new Layout(node).concat(1, first.value(), second.value());
        return scores.apply(new Term(node, joined).as(ElementType.FLOAT32));
    }

    private Term isSecond(Term score) {
        return score.isMore(isBinary() && isPositive() ? 0.5 : 0);
    }

    /// Whether all leaves speak of one class.
    private boolean isBinary() {
        return weights.byLeaf().stream().flatMap(List::stream).mapToInt(LeafWeights.Weight::target).distinct().count()
                == 1;
    }

    private boolean isPositive() {
        return weights.byLeaf().stream().flatMap(List::stream).allMatch(weight -> weight.weight() >= 0);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Optional;

/// The labels and scores of a tree classifier of two classes, as ORT has them: a row whose leaves say nothing of the second
/// class has one score, which is that of the second class all the same.
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
        Term first = moved(sums, contributes, 0);
        Term second = moved(sums, contributes, 1);
        Optional<TensorData> known = contributes.value().constant();
        if (known.isPresent()) {
            Rows rows = known.get().getLong(1) == 1 ? both(first, second) : first(first, second);
            return ImmutableList.of(labels.either(rows.isSecond), rows.scores);
        }
        Term isBoth = TreeImporters.column(contributes, 1);
        Rows both = both(first, second);
        Rows single = first(first, second);
        Term mixed = isBoth.choose(new Term(sums.node(), both.scores), new Term(sums.node(), single.scores));
        // Booleans are chosen between as the operator of the IR chooses: by numbers.
        Term label =
                isBoth.choose(both.isSecond.as(ElementType.UINT8), single.isSecond.as(ElementType.UINT8))
                        .as(ElementType.BOOL);
        return ImmutableList.of(labels.either(label), mixed.value());
    }

    /// The score of a class; the base value is only added where there is a contribution.
    private Term moved(Term sums, Term contributes, int column) {
        Term score = TreeImporters.column(sums, column);
        if (column >= base.length) {
            return score;
        }
        Optional<TensorData> known = contributes.value().constant();
        if (known.isPresent()) {
            return known.get().getLong(column) == 1 ? score.plus(base[column]) : score;
        }
        return TreeImporters.column(contributes, column).choose(score.plus(base[column]), score);
    }

    /// Whether the second class is chosen, and both scores.
    private record Rows(Term isSecond, Value scores) {}

    /// Rows whose leaves say something of the second class.
    private Rows both(Term first, Term second) {
        return new Rows(isBinary() ? isSecond(second) : first.isLess(second), joined(first, second));
    }

    /// Rows whose leaves say nothing of the second class.
    private Rows first(Term first, Term second) {
        if (base.length == 2) {
            return new Rows(isSecond(first), joined(first, second));
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

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// Operators of ORT's own on lists of tokens, for the search of sequences.
final class TokenOperators {
    private TokenOperators() {}

    private static int positive(NodeContext node, String attribute) {
        return Math.toIntExact(
                node.attributes()
                        .integer(attribute)
                        .filter(size -> size > 0)
                        .orElseThrow(() -> node.failure("attribute '%s' must be positive", attribute)));
    }

    /// `NGramRepeatBlock`: negative infinity for each token that would end an n-gram once more.
    static Value blockRepeats(NodeContext node) {
        int size = positive(node, "ngram_size");
        var layout = new Layout(node);
        Value ids = node.operand(0);
        Value scores = node.operand(1);
        Dim length = ids.shape().dim(1);
        Dim grams = length.plus(1L - size).max(Dim.ZERO);
        if (grams.is(0)) {
            return scores;
        }
        Dim batch = ids.shape().dim(0);
        var positions = new Positions(node);
        Value ends = node.add(new Add(), positions.along(grams), positions.number(size - 1L));
        Value tokens = node.add(new Gather(1), ids, ends);
        var least = new Term(node, node.scalar(scores, Double.NEGATIVE_INFINITY));
        Value banned = layout.expand(least.value(), tokens.shape());
        if (size > 1) {
            Value starts = positions.before(positions.along(grams), 1);
            Value places = node.add(new Add(), starts, positions.along(Dim.of(size - 1L)));
            Term count = new Term(node, positions.scalar(layout.sizeOf(ids, 1)));
            Term last = new Term(node, positions.along(Dim.of(size - 1L))).plus(count.plus(1.0 - size)).max(0);
            Value tail = node.add(new Gather(1), ids, last.value());
            Term same =
                    new Term(node, node.add(new Gather(1), ids, places))
                            .isEqual(new Term(node, layout.reshape(tail, batch, Dim.ONE, Dim.of(size - 1L))));
            Term isRepeat = all(same, 2);
            banned = isRepeat.choose(least, least.number(Double.POSITIVE_INFINITY)).value();
        }
        return node.add(new ScatterElements(1, Combination.MIN), scores, tokens, banned);
    }

    /// Whether all elements along an axis are true.
    private static Term all(Term conditions, int axis) {
        Term least = conditions.as(ElementType.UINT8).with(new ReduceMin(ImmutableList.of(axis), false));
        return least.as(ElementType.BOOL);
    }

    /// `BifurcationDetector`: the current tokens with those predicted ones that agree with the source, and one more; and
    /// where in the source the only n-gram ends that the result ends with.
    static ImmutableList<Value> bifurcation(NodeContext node) {
        int shortest = positive(node, "min_ngram_size");
        int longest = positive(node, "max_ngram_size");
        Value source = node.operand(0);
        Value tokens = node.has(3) ? extended(node) : node.operand(1);
        var positions = new Positions(node);
        Term count = new Term(node, positions.scalar(new Layout(node).sizeOf(source, 0)));
        Term suffix = count.number(-1);
        Term open = suffix.isEqual(suffix);
        for (int size = shortest; size <= longest; size++) {
            Term matches = matches(node, tokens, size);
            Term found = matches.as(ElementType.INT64).with(new ReduceSum(ImmutableList.of(0), false));
            Term first = firstOf(node, matches, count).plus(size);
            open = open.isBoth(found.isMore(0));
            Term isTwice = found.isMore(1);
            suffix = open.choose(isTwice.choose(count.number(-1), first), suffix);
            // A match at the very end has nothing behind it that a longer one could tell apart.
            open = open.isBoth(first.isLess(count));
        }
        return ImmutableList.of(tokens, new Layout(node).reshape(suffix.value(), node.shape(2)));
    }

    /// Where the last tokens stand in the source; nowhere when there are fewer.
    private static Term matches(NodeContext node, Value tokens, int size) {
        var positions = new Positions(node);
        Value source = node.operand(0);
        Dim grams = source.shape().dim(0).plus(1L - size).max(Dim.ZERO);
        Value places = node.add(new Add(), positions.before(positions.along(grams), 1), positions.along(Dim.of(size)));
        Term count = new Term(node, positions.scalar(new Layout(node).sizeOf(tokens, 0)));
        Term tail = new Term(node, positions.along(Dim.of(size))).plus(count.minus(size)).max(0);
        Term last = new Term(node, node.add(new Gather(0), tokens, tail.value()));
        Term same = new Term(node, node.add(new Gather(0), source, places)).isEqual(last);
        return all(same, 1).isBoth(count.isLess(size).not());
    }

    private static Term firstOf(NodeContext node, Term matches, Term otherwise) {
        Term along = new Term(node, new Positions(node).along(matches.value().shape().dim(0)));
        return matches.choose(along, otherwise).with(new ReduceMin(ImmutableList.of(0), false));
    }

    /// The current tokens, then the predicted ones up to the first that differs from the source.
    private static Value extended(NodeContext node) {
        var layout = new Layout(node);
        var positions = new Positions(node);
        Value predicted = node.operand(3);
        Dim compared = predicted.shape().dim(0).plus(-1);
        Value places = node.add(new Add(), positions.along(compared), positions.scalar(node.operand(2)));
        Term source = new Term(node, node.add(new Gather(0), node.operand(0), places));
        Term same = source.isEqual(new Term(node, layout.slice(predicted, 0, Dim.ZERO, compared)));
        Value zero = positions.number(0);
        Value running = node.add(new CumProd(0, false, false), same.as(ElementType.INT64).value());
        Term agreed = new Term(node, running).with(new ReduceSum(ImmutableList.of(0), false)).plus(1);
        Value end = layout.reshape(agreed.value(), Shape.of(1));
        NodeContext cut = node.withOperands(ImmutableList.of(predicted, layout.reshape(zero, Shape.of(1)), end));
        return layout.concat(0, node.operand(1), new SliceImporter().result(cut));
    }

    /// `Unique` of ORT's own: values in the order they first occur, the place of each element among them, and counts.
    static ImmutableList<Value> unique(NodeContext node) {
        ImmutableList<Value> all = SearchImporters.unique(node, false, Optional.empty());
        return ImmutableList.of(all.get(0), all.get(2), all.get(3));
    }
}

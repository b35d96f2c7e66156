package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.GreaterOrEqual;
import dev.skive.ir.op.Less;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// What ORT's attention operators add to the scores: `mask_filter_value` for keys that are not there, and the lowest number
/// for keys behind the query. A query without any key attends to all that are before it alike.
final class OrtMask {
    private static final float NEVER = -10000;

    private OrtMask() {}

    /// The factor of the scores; 0 means the default.
    static double scale(NodeContext node, Value q) {
        float scale = node.attributes().real("scale", 0);
        if (scale != 0) {
            return scale;
        }
        Dim size = q.shape().dim(3);
        if (!size.isKnown()) {
            throw node.failure("the head size of %s must be known when the scale is left out", q.type());
        }
        return 1 / Math.sqrt((double) size.known());
    }

    /// The sum of bias, padding and causal mask.
    ///
    /// @param padding which keys are there
    /// @param bias added to the scores
    static Optional<Value> of(NodeContext node, Value q, Value keys, Optional<Value> padding, Optional<Value> bias) {
        float never = node.attributes().real("mask_filter_value", NEVER);
        Dim length = keys.shape().dim(2);
        Optional<Value> sum = bias;
        if (padding.isPresent() && !isDummy(padding.get(), length)) {
            Value there = there(node, padding.get(), length, q.shape().dim(0));
            sum = plus(node, sum, filtered(node, q, there, never));
        }
        if (node.attributes().flag("unidirectional", false) && !q.shape().dim(2).is(1)) {
            sum = plus(node, sum, filtered(node, q, before(node, q, length), -Float.MAX_VALUE));
        }
        return sum;
    }

    /// True for a mask of one column, which stands for all keys, whatever it says.
    private static boolean isDummy(Value mask, Dim length) {
        return mask.shape().rank() == 2 && mask.shape().dim(1).is(1) && !length.is(1);
    }

    private static Optional<Value> plus(NodeContext node, Optional<Value> sum, Value other) {
        return Optional.of(sum.map(value -> node.add(new Add(), value, other)).orElse(other));
    }

    private static Value filtered(NodeContext node, Value q, Value there, float never) {
        var number = new Term(node, q);
        return new Term(node, there).choose(number.number(0), number.number(never)).value();
    }

    /// True for keys that do not come after the query; the queries are the last of the keys, or the first without a cache.
    private static Value before(NodeContext node, Value q, Dim length) {
        var positions = new Positions(node);
        Dim past = past(node);
        Value offset = past.is(0) ? positions.number(0) : new Layout(node).sizeOf(cache(node), pastAxis(node));
        return AttentionMask.none(node).causal(q.shape().dim(2), length, offset).allowed().orElseThrow();
    }

    private static boolean isSelf(NodeContext node) {
        return !node.proto().getOpType().equals("MultiHeadAttention");
    }

    private static Value cache(NodeContext node) {
        return node.operand(isSelf(node) ? 4 : 6);
    }

    private static int pastAxis(NodeContext node) {
        return isSelf(node) ? 3 : 2;
    }

    private static Dim past(NodeContext node) {
        return node.has(isSelf(node) ? 4 : 6) ? cache(node).shape().dim(pastAxis(node)) : Dim.ZERO;
    }

    /// Where keys are there: a mask per key, `[batch, keys]`, per query and key, `[batch, queries, keys]`, the lengths of
    /// the sequences, `[batch]`, or these before the first keys, `[2 * batch]`; of `[3 * batch + 2]` the lengths count.
    private static Value there(NodeContext node, Value mask, Dim length, Dim batch) {
        var layout = new Layout(node);
        Shape shape = mask.shape();
        return switch (shape.rank()) {
            case 1 -> within(node, mask, length, batch);
            case 2 ->
                    new Term(node, layout.reshape(mask, shape.dim(0), Dim.ONE, Dim.ONE, shape.dim(1)))
                            .isMore(0)
                            .value();
            case 3 ->
                    new Term(node, layout.reshape(mask, shape.dim(0), Dim.ONE, shape.dim(1), shape.dim(2)))
                            .isMore(0)
                            .value();
            default -> throw node.failure("a mask %s is not supported", mask.type());
        };
    }

    private static Value within(NodeContext node, Value mask, Dim length, Dim batch) {
        var layout = new Layout(node);
        Value along = layout.cast(new Positions(node).along(length), mask.tensor().element());
        Dim size = mask.shape().dim(0);
        Value ends = layout.perBatch(layout.slice(mask, 0, Dim.ZERO, batch));
        Value before = node.add(new Less(), along, ends);
        if (size.equals(batch) || size.equals(batch.times(3).plus(2))) {
            return before;
        }
        // Where only a run knows how many numbers there are, zeros stand behind them, before which no key lies.
        Value longer = size.equals(batch.times(2)) ? mask : layout.padded(mask, 0, size.plus(batch), 0);
        Value starts = layout.perBatch(layout.slice(longer, 0, batch, batch));
        Value behind = node.add(new GreaterOrEqual(), along, starts);
        return new Term(node, before).isBoth(new Term(node, behind)).value();
    }
}

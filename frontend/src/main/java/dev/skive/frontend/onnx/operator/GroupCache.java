package dev.skive.frontend.onnx.operator;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Greater;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// The cache of ORT's `GroupQueryAttention`: how long each sequence is, before and with what comes in.
///
/// @param node the ONNX node
/// @param queries how many elements of each sequence come in
record GroupCache(NodeContext node, Dim queries) {
    /// The length of each sequence with what came in, `[batch]`.
    private Value lengths() {
        Value last = new Layout(node).cast(node.operand(5), ElementType.INT64);
        Value flat = new Layout(node).reshape(last, last.shape().elementCount());
        return node.add(new Add(), flat, new Positions(node).number(1));
    }

    /// The length of each sequence before, `[batch]`: none when the longest has no more than comes in.
    private Value before() {
        var positions = new Positions(node);
        Value longest = new Layout(node).cast(positions.scalar(node.operand(6)), ElementType.INT64);
        Value coming = positions.scalar(new Layout(node).sizeOf(node.operand(0), 1));
        Value first = node.add(new Equal(), longest, coming);
        return node.add(new Where(), first, positions.number(0), node.add(new Sub(), lengths(), coming));
    }

    private Value column(Value vector) {
        return new Layout(node).reshape(vector, vector.shape().dim(0), Dim.ONE);
    }

    /// The position of each element that comes in, `[batch, queries]`; padding of a prompt stands at 1.
    Value positions() {
        var positions = new Positions(node);
        Value at = node.add(new Add(), column(before()), positions.along(queries));
        return node.add(new Where(), node.add(new Less(), at, column(lengths())), at, positions.number(1));
    }

    /// Whether a query may attend to a key, `[batch, 1, queries, keys]`.
    ///
    /// @param window how many keys up to its own, unless below 1
    Value visible(Dim keys, long window) {
        var layout = new Layout(node);
        var positions = new Positions(node);
        Value own = node.add(new Add(), layout.perBatch(before()), positions.before(positions.along(queries), 1));
        Value along = positions.along(keys);
        Value past = node.add(new LessOrEqual(), along, own);
        if (window < 1) {
            return past;
        }
        Value near = node.add(new Greater(), along, node.add(new Sub(), own, positions.number(window)));
        return new Term(node, past).isBoth(new Term(node, near)).value();
    }

    /// What is in the cache with what comes in behind it, `[batch, heads, keys, size]`; zeros where nothing is.
    Value with(Value coming, Optional<Value> cache) {
        var layout = new Layout(node);
        var positions = new Positions(node);
        Dim longest = node.sizes(6).getFirst();
        Dim length = cache.map(value -> value.shape().dim(2).max(longest)).orElse(longest);
        Value zero = node.constant(TensorData.scalar(coming.tensor().element(), 0));
        Value base =
                cache.map(past -> layout.padded(kept(past, zero), 2, length, 0))
                        .orElseGet(() -> layout.expand(zero, coming.shape().with(2, length)));
        Value at = node.add(new Add(), layout.perBatch(before()), positions.before(positions.along(queries), 1));
        Shape shape = coming.shape();
        Value everywhere = layout.expand(at, shape);
        return node.add(new ScatterElements(2, Combination.REPLACE), base, everywhere, coming);
    }

    private Value kept(Value past, Value zero) {
        var positions = new Positions(node);
        Value along = positions.before(positions.along(past.shape().dim(2)), 1);
        Value there = node.add(new Less(), along, new Layout(node).perBatch(before()));
        return node.add(new Where(), there, past, zero);
    }
}

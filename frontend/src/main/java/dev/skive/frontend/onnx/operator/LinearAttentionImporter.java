package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `LinearAttention` (opset 27), and the form of ORT, in which query or key heads may be fewer than those of the state.
///
/// Each step makes of the state `S`, `[batch, heads, keySize, valueSize]`, with decay `e^g` where it is gated and with the
/// retrieved `S' k` and a rate where it is a delta rule: `S = e^g S + k (rate (v - (e^g S)' k))'`, and gives `scale S' q`.
record LinearAttentionImporter() implements NodeImporter {
    private static final int PAST = 3;
    private static final int DECAY = 4;
    private static final int RATE = 5;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        int queryHeads = heads(node, "q_num_heads");
        int heads = heads(node, "kv_num_heads");
        String rule = node.attributes().text("update_rule", "gated_delta");
        // How many steps are computed at a time, which does not change what is computed.
        node.attributes().ignore("chunk_size");
        if (!List.of("linear", "gated", "delta", "gated_delta").contains(rule)) {
            throw node.failure("attribute 'update_rule' is '%s'", rule);
        }
        var layout = new Layout(node);
        Dim size = width(node, node.operand(0), queryHeads);
        Value q = split(layout, node.operand(0), size);
        Value k = spread(layout, split(layout, node.operand(1), size), heads);
        Value v = split(layout, node.operand(2), width(node, node.operand(2), heads));
        // Several query heads may share a state, and several states a query head.
        int group = Math.max(1, queryHeads / heads);
        q = group == 1 ? spread(layout, q, heads) : q;
        Shape query = q.shape();
        q = layout.reshape(q, query.dim(0), query.dim(1), Dim.of(heads), Dim.of(group), size);
        var parts = new ArrayList<>(List.of(column(layout, k), row(layout, v), q));
        boolean isGated = rule.startsWith("gated");
        boolean isDelta = rule.endsWith("delta");
        if (isGated) {
            parts.add(gate(layout, heads, size));
        }
        if (isDelta) {
            parts.add(rate(layout));
        }
        Value past = node.optional(PAST).orElseGet(() -> empty(layout, k, v));
        return run(layout, new Rule(isGated, isDelta, scale(node, size)), past, parts);
    }

    /// What happens in each step.
    ///
    /// @param isGated whether the state decays
    /// @param isDelta whether what the state has for a key is taken away before the value is added
    /// @param scale factor of the results
    private record Rule(boolean isGated, boolean isDelta, double scale) {}

    private static ImmutableList<Value> run(Layout layout, Rule rule, Value past, List<Value> parts) {
        NodeContext node = layout.node();
        var steps = new Steps(node);
        ElementType element = past.tensor().element();
        Value first = element.bits() < 32 ? layout.cast(past, ElementType.FLOAT32) : past;
        NodeContext inner = steps.node();
        Term state = new Term(inner, steps.state(first));
        var now = new ArrayList<Term>();
        for (Value part : parts) {
            Value all = layout.cast(part, first.tensor().element());
            now.add(new Term(inner, inner.add(new Gather(1), steps.value(all), steps.index())));
        }
        Term key = now.get(0);
        Term added = now.get(1);
        Term kept = rule.isGated ? state.times(now.get(3).exp()) : state;
        var inside = new Layout(inner);
        if (rule.isDelta) {
            Value retrieved = inside.product(inside.transpose(key.value(), 0, 1, 3, 2), kept.value());
            added = added.minus(new Term(inner, retrieved)).times(now.getLast());
        }
        Term next = kept.plus(key.times(added));
        Value result = new Term(inner, inside.product(now.get(2).value(), next.value())).times(rule.scale).value();
        Dim length = node.shape(0).dim(1);
        Value count = new Positions(node).scalar(layout.sizeOf(node.operand(0), 1));
        var results = steps.results(count, length, List.of(next.value()), List.of(result));
        Shape shape = results.get(1).shape();
        Value byBatch = layout.transpose(results.get(1), 1, 0, 2, 3, 4);
        Dim width = shape.dim(2).times(shape.dim(3)).times(shape.dim(4));
        Value y = layout.reshape(byBatch, shape.dim(1), length, width);
        return ImmutableList.of(layout.cast(y, node.element(0)), layout.cast(results.getFirst(), element));
    }

    private static int heads(NodeContext node, String attribute) {
        return Math.toIntExact(
                node.attributes()
                        .integer(attribute)
                        .filter(heads -> heads > 0)
                        .orElseThrow(() -> node.failure("attribute '%s' must be positive", attribute)));
    }

    private static Dim width(NodeContext node, Value x, int heads) {
        return x.shape()
                .last()
                .divideExactly(Dim.of(heads))
                .orElseThrow(() -> node.failure("the width of %s does not divide by %s heads", x.type(), heads));
    }

    private static double scale(NodeContext node, Dim size) {
        float scale = node.attributes().real("scale", 0);
        if (scale == 0 && !size.isKnown()) {
            throw node.failure("the head size of %s must be known when the scale is left out", node.operand(0).type());
        }
        return scale == 0 ? 1 / Math.sqrt((double) size.known()) : scale;
    }

    /// `[batch, length, heads*size]` as `[batch, length, heads, size]`.
    private static Value split(Layout layout, Value x, Dim size) {
        Shape shape = x.shape();
        Dim heads =
                shape.last()
                        .divideExactly(size)
                        .orElseThrow(
                                () -> layout.node().failure("the width of %s is no multiple of %s", x.type(), size));
        return layout.reshape(x, shape.dim(0), shape.dim(1), heads, size);
    }

    /// Each head as often as states share it.
    private static Value spread(Layout layout, Value x, int heads) {
        Shape shape = x.shape();
        if (shape.dim(2).is(heads)) {
            return x;
        }
        Optional<Dim> times = Dim.of(heads).divideExactly(shape.dim(2));
        if (times.isEmpty()) {
            throw layout.node().failure("%s heads of %s cannot be shared by %s", shape.dim(2), x.type(), heads);
        }
        Shape apart = Shape.of(shape.dim(0), shape.dim(1), shape.dim(2), times.get(), shape.dim(3));
        Value one = layout.reshape(x, apart.with(3, Dim.ONE));
        return layout.reshape(layout.expand(one, apart), shape.with(2, Dim.of(heads)));
    }

    private static Value column(Layout layout, Value x) {
        return layout.reshape(x, x.shape().concat(Shape.of(Dim.ONE)));
    }

    private static Value row(Layout layout, Value x) {
        Shape shape = x.shape();
        return layout.reshape(x, shape.dim(0), shape.dim(1), shape.dim(2), Dim.ONE, shape.dim(3));
    }

    /// The logarithm of the decay per head, or per head and element of the key.
    private static Value gate(Layout layout, int heads, Dim size) {
        Value decay = layout.node().operand(DECAY);
        Shape shape = decay.shape();
        Dim width = shape.last().is(heads) ? Dim.ONE : size;
        return layout.reshape(decay, shape.dim(0), shape.dim(1), Dim.of(heads), width, Dim.ONE);
    }

    /// The rate per head, or one for all.
    private static Value rate(Layout layout) {
        Value rate = layout.node().operand(RATE);
        Shape shape = rate.shape();
        return layout.reshape(rate, shape.dim(0), shape.dim(1), shape.dim(2), Dim.ONE, Dim.ONE);
    }

    private static Value empty(Layout layout, Value k, Value v) {
        Shape shape = Shape.of(k.shape().dim(0), k.shape().dim(2), k.shape().dim(3), v.shape().dim(3));
        return layout.expand(layout.node().scalar(v, 0), shape);
    }
}

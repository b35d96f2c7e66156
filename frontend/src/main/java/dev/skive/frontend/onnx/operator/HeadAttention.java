package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attention of heads that are an axis of their own, with every step open to an importer:
/// `softmax(cap tanh(scale Q K^T / cap) + bias) V`. Where no step is asked for, it is the operator of the IR, which has
/// kernels of its own. A query that may attend to no key gives 0, not NaN.
///
/// @param q `[batch, heads, queries, size]`
/// @param k `[batch, keyHeads, keys, size]`, where `keyHeads` divides `heads`
/// @param v `[batch, keyHeads, keys, valueSize]`
/// @param scale factor of the scores
/// @param cap limit of the scores, 0 for none
/// @param bias added to the scores, broadcasts to `[batch, heads, queries, keys]`
/// @param mayBeEmpty whether the bias may leave a query without any key
/// @param sink logits per head, `[heads]`, that take part in the softmax and have no value
record HeadAttention(
        Value q,
        Value k,
        Value v,
        double scale,
        double cap,
        Optional<Value> bias,
        boolean mayBeEmpty,
        Optional<Value> sink) {
    static HeadAttention of(Value q, Value k, Value v, double scale) {
        return new HeadAttention(q, k, v, scale, 0, Optional.empty(), false, Optional.empty());
    }

    HeadAttention withCap(double other) {
        return new HeadAttention(q, k, v, scale, other, bias, mayBeEmpty, sink);
    }

    HeadAttention withBias(Optional<Value> other, boolean empty) {
        return new HeadAttention(q, k, v, scale, cap, other, empty, sink);
    }

    HeadAttention withSink(Optional<Value> other) {
        return new HeadAttention(q, k, v, scale, cap, bias, mayBeEmpty, other);
    }

    private int heads() {
        return (int) q.shape().dim(1).known();
    }

    private int keyHeads() {
        return (int) k.shape().dim(1).known();
    }

    /// The result, `[batch, heads, queries, valueSize]`.
    Value result(NodeContext node) {
        var layout = new Layout(node);
        if (cap != 0 || sink.isPresent()) {
            return mixed(node);
        }
        var operands = new ArrayList<>(List.of(layout.joined(q), layout.joined(k), layout.joined(v)));
        bias.ifPresent(operands::add);
        var op = new Attention(heads(), keyHeads(), scale);
        return visible(node, layout.apart(node.add(op, operands.toArray(Value[]::new)), heads()));
    }

    /// `scale Q K^T`, `[batch, heads, queries, keys]`.
    Value products(NodeContext node) {
        var layout = new Layout(node);
        Value product = layout.product(grouped(layout, q), layout.transpose(shared(layout, k), 0, 1, 2, 4, 3));
        return new Term(node, layout.reshape(product, scores())).times(scale).value();
    }

    /// The scores after the cap.
    Value capped(NodeContext node) {
        var products = new Term(node, products(node));
        return cap == 0 ? products.value() : products.over(cap).with(new Tanh()).times(cap).value();
    }

    /// The scores after cap and bias.
    Value biased(NodeContext node) {
        var scores = new Term(node, capped(node));
        return bias.map(added -> scores.plus(new Term(node, added)).value()).orElse(scores.value());
    }

    /// The weights of the values.
    Value weights(NodeContext node) {
        Value scores = biased(node);
        Value weights =
                sink.map(logits -> withSink(node, scores, logits)).orElseGet(() -> node.add(new Softmax(3), scores));
        return visible(node, weights);
    }

    /// The softmax with one more logit that has no value.
    private static Value withSink(NodeContext node, Value scores, Value logits) {
        var axes = ImmutableList.of(3);
        var logit = new Term(node, new Layout(node).reshape(logits, logits.shape().dim(0), Dim.ONE, Dim.ONE));
        var highest = new Term(node, node.add(new ReduceMax(axes, true), scores));
        var maximum = new Term(node, node.add(new Max(), highest.value(), logit.value()));
        Term powers = new Term(node, scores).minus(maximum).with(new Exp());
        Term sum = powers.with(new ReduceSum(axes, true)).plus(logit.minus(maximum).with(new Exp()));
        return powers.over(sum).value();
    }

    private Value mixed(NodeContext node) {
        var layout = new Layout(node);
        Shape shape = scores();
        Dim group = Dim.of(heads() / keyHeads());
        Value weights =
                layout.reshape(weights(node), shape.dim(0), Dim.of(keyHeads()), group, shape.dim(2), shape.dim(3));
        return layout.reshape(layout.product(weights, shared(layout, v)), q.shape().with(3, v.shape().dim(3)));
    }

    private Shape scores() {
        return q.shape().with(3, k.shape().dim(2));
    }

    /// Queries with the heads that share a key head as an axis.
    private Value grouped(Layout layout, Value x) {
        Shape shape = x.shape();
        Dim group = Dim.of(heads() / keyHeads());
        return layout.reshape(x, shape.dim(0), Dim.of(keyHeads()), group, shape.dim(2), shape.dim(3));
    }

    private static Value shared(Layout layout, Value x) {
        Shape shape = x.shape();
        return layout.reshape(x, shape.dim(0), shape.dim(1), Dim.ONE, shape.dim(2), shape.dim(3));
    }

    /// 0 in the rows of queries that see no key.
    private Value visible(NodeContext node, Value rows) {
        if (bias.isEmpty() || !mayBeEmpty) {
            return rows;
        }
        Value ranked = new Layout(node).ranked(bias.get(), 4);
        var most = new Term(node, node.add(new ReduceMax(ImmutableList.of(3), true), ranked));
        var term = new Term(node, rows);
        return most.isMore(Double.NEGATIVE_INFINITY).choose(term, term.number(0)).value();
    }
}

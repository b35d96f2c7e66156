package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.TopK;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// ORT's `MoE`: networks of two layers, of which each row takes the `k` that a router gives the highest probabilities, and
/// adds up their results with these as factors. Every network computes every row here, and the others count nothing.
record MixtureOfExperts() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        if (node.has(6) || node.has(7)) {
            throw node.failure("MoE with a third layer is not supported: ONNX Runtime has none on the CPU");
        }
        if (node.attributes().flag("use_sparse_mixer", false)) {
            throw node.failure("MoE with use_sparse_mixer is not supported: ONNX Runtime has none on the CPU");
        }
        var layout = new Layout(node);
        Value x = node.operand(0);
        Shape shape = x.shape();
        Dim rows = shape.slice(0, shape.rank() - 1).elementCount();
        Value flat = layout.reshape(x, Dim.ONE, rows, shape.last());
        Term inner = activated(node, layer(layout, flat, 2, 3));
        Term outer = new Term(node, layer(layout, inner.value(), 4, 5));
        Value weights = layout.transpose(weights(node), 1, 0);
        Term factor = new Term(node, layout.reshape(weights, weights.shape().concat(Shape.of(Dim.ONE))));
        Term chosen = factor.isMore(0).choose(outer.times(factor), outer.number(0));
        return layout.reshape(chosen.with(new ReduceSum(ImmutableList.of(0), false)).value(), shape);
    }

    /// Rows times the transposed weights of every network, plus its bias.
    private static Value layer(Layout layout, Value rows, int weight, int bias) {
        NodeContext node = layout.node();
        Value product = layout.product(rows, layout.transpose(node.operand(weight), 0, 2, 1));
        Optional<Value> added = node.optional(bias);
        if (added.isEmpty()) {
            return product;
        }
        Shape shape = added.get().shape();
        Value row = layout.reshape(added.get(), shape.dim(0), Dim.ONE, shape.dim(1));
        return new Term(node, product).plus(new Term(node, row)).value();
    }

    /// The factor of each network for each row, `[rows, networks]`; 0 for those that are not taken.
    private static Value weights(NodeContext node) {
        long count = node.attributes().integer("k", 1);
        Value probabilities = node.add(new Softmax(1), node.operand(1));
        Value k = node.constant(TensorData.ofLongs(new long[] {count}, 1));
        ImmutableList<Value> best = node.addDynamic(new TopK(1, true, Dim.of(count)), probabilities, k);
        Term taken = new Term(node, best.getFirst());
        if (node.attributes().flag("normalize_routing_weights", false)) {
            taken = taken.over(taken.with(new ReduceSum(ImmutableList.of(1), true)));
        }
        Value zeros = new Layout(node).expand(node.scalar(probabilities, 0), probabilities.shape());
        return node.add(new ScatterElements(1, Combination.REPLACE), zeros, best.getLast(), taken.value());
    }

    private static Term activated(NodeContext node, Value value) {
        Term x = new Term(node, value);
        float alpha = node.attributes().real("activation_alpha", 1);
        float beta = node.attributes().real("activation_beta", 0);
        Optional<Float> limit = node.attributes().real("swiglu_limit");
        long fusion = node.attributes().integer("swiglu_fusion", 0);
        String name = node.attributes().text("activation_type", "relu");
        return switch (name) {
            case "relu" -> x.with(new Relu());
            case "gelu" -> x.with(new Gelu(Gelu.Form.TANH));
            case "silu" -> x.times(x.with(new Sigmoid()));
            case "identity" -> x;
            case "swiglu" -> gated(node, value, fusion).activated(alpha, beta, limit);
            default -> throw node.failure("attribute 'activation_type' is '%s'", name);
        };
    }

    /// The two halves of the first layer, side by side or in turn.
    private static Gated gated(NodeContext node, Value x, long fusion) {
        if (fusion != 1 && fusion != 2) {
            throw node.failure("attribute 'swiglu_fusion' must be 1 or 2 on the CPU, found %s", fusion);
        }
        var layout = new Layout(node);
        Shape shape = x.shape();
        Dim half =
                shape.last()
                        .divideExactly(Dim.of(2))
                        .orElseThrow(() -> node.failure("the width of %s must be even", x.type()));
        boolean inTurn = fusion == 1;
        Shape lead = shape.slice(0, 2);
        Value pairs = layout.reshape(x, lead.concat(inTurn ? Shape.of(half, Dim.of(2)) : Shape.of(Dim.of(2), half)));
        int axis = inTurn ? 3 : 2;
        Shape single = lead.concat(Shape.of(half));
        return new Gated(
                new Term(node, layout.reshape(layout.slice(pairs, axis, Dim.ZERO, Dim.ONE), single)),
                new Term(node, layout.reshape(layout.slice(pairs, axis, Dim.ONE, Dim.ONE), single)));
    }

    /// A gate and what it lets through.
    private record Gated(Term gate, Term linear) {
        /// `g sigmoid(alpha g) (l + beta)`, both cut off at the limit.
        Term activated(float alpha, float beta, Optional<Float> limit) {
            Term g = limit.map(most -> gate.with(new Min(), most)).orElse(gate);
            Term l = limit.map(most -> linear.with(new Min(), most).with(new Max(), -most)).orElse(linear);
            return g.times(g.times(alpha).with(new Sigmoid())).times(l.plus(beta));
        }
    }
}

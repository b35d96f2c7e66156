package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Attention in float64, in its parts: products, scaling with the mask, softmax, products. Heads that share a key head
/// are an axis behind it.
///
/// @param planner keeps the books
/// @param node the node
/// @param op its operator
record DoubleAttentionLowering(Planner planner, Node node, Attention op) {
    View lower() {
        Origin origin = planner.origin(node);
        View query = heads(0, op.queryHeads() / op.keyHeads()).transpose(List.of(0, 2, 3, 1, 4));
        View key = heads(1, 1).transpose(List.of(0, 2, 3, 4, 1));
        View value = heads(2, 1).transpose(List.of(0, 2, 3, 1, 4));
        planner.require(query.shape().dim(0), key.shape().dim(0), origin);
        planner.require(query.shape().dim(0), value.shape().dim(0), origin);
        planner.require(key.shape().last(), value.shape().dim(3), origin);
        planner.require(query.shape().last(), key.shape().dim(3), origin);
        Shape grouped = query.shape().with(4, key.shape().last());
        View scores = product(query, key, grouped);
        Shape shape = Shape.of(grouped.dim(0), Dim.of(op.queryHeads()), grouped.dim(3), grouped.dim(4));
        View weights = softmax(masked(flat(scores, shape)));
        View mixed = product(flat(weights, grouped), value, query.shape().with(4, value.shape().last()));
        return planner.reshape(mixed.transpose(List.of(0, 3, 1, 2, 4)), node.result().shape(), origin);
    }

    /// An operand as `[batch, length, keyHeads, group, size]`.
    private View heads(int operand, int group) {
        View view = planner.view(node.operand(operand));
        Shape shape = view.shape();
        Dim size = shape.last().floorDivide((long) op.keyHeads() * group);
        Shape apart = Shape.of(shape.dim(0), shape.dim(1), Dim.of(op.keyHeads()), Dim.of(group), size);
        return planner.reshape(view, apart, planner.origin(node));
    }

    private static View flat(View view, Shape shape) {
        return view.reshape(shape).orElseThrow(AssertionError::new);
    }

    private View product(View left, View right, Shape result) {
        Shape shared = right.shape().with(2, left.shape().dim(2));
        View write = temporary(result);
        return planner.add(new BatchedProductKernel(planner.origin(node), left, right.expand(shared), write));
    }

    private View masked(View scores) {
        Origin origin = planner.origin(node);
        Optional<View> mask =
                node.operands().size() > 3 && !node.operand(3).isAbsent()
                        ? Optional.of(planner.broadcast(planner.view(node.operand(3)), scores.shape(), origin))
                        : Optional.empty();
        ScalarExpr scaled =
                ScalarExpr.apply(ScalarFunction.MULTIPLY, ScalarExpr.argument(0), ScalarExpr.literal(op.scale()));
        ScalarExpr formula =
                mask.map(added -> ScalarExpr.apply(ScalarFunction.ADD, scaled, ScalarExpr.argument(1))).orElse(scaled);
        ImmutableList<View> reads =
                mask.map(added -> ImmutableList.of(scores, added)).orElseGet(() -> ImmutableList.of(scores));
        return planner.add(new LoopKernel(origin, "scaled", reads, formula, temporary(scores.shape())));
    }

    private View softmax(View scores) {
        Matrix input = scores.asMatrix().orElseThrow(AssertionError::new);
        Matrix output = temporary(scores.shape()).asMatrix().orElseThrow(AssertionError::new);
        return planner.add(new SoftmaxKernel(planner.origin(node), input, output));
    }

    private View temporary(Shape shape) {
        return planner.temporary(new TensorType(node.result().tensor().element(), shape), op.mnemonic());
    }
}

package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// Lowers a product or look-up together with what follows it.
///
/// @param planner keeps the books
/// @param tail the nodes
record TailLowering(Planner planner, Fusion.Tail tail) {
    View lower() {
        return tail.head().op() instanceof EmbeddingSum ? embedding() : product();
    }

    private Origin origin() {
        return planner.origin(tail.nodes());
    }

    private View product() {
        Node head = tail.head();
        View input = planner.view(head.operand(0));
        Weight weight = planner.weight(head.operand(1), Weight.Layout.PANELS);
        planner.require(input.shape().last(), head.operand(1).shape().dim(0), origin());
        View bias =
                head.operands().size() > 2 && !head.operand(2).isAbsent()
                        ? planner.contiguous(planner.view(head.operand(2)), origin())
                        : planner.zeros(weight.data().sizes()[1]);
        Optional<Matrix> residual = tail.residual().map(this::residual);
        var kernel =
                new ProductKernel(
                        origin(),
                        planner.openMatrix(input, origin()),
                        weight,
                        bias,
                        tail.scale().map(node -> columns(node, head)),
                        tail.shift().map(node -> columns(node, tail.scale().orElseThrow())),
                        tail.activation().map(node -> (Elementwise) node.op()),
                        residual,
                        tail.norm().map(node -> norm(planner, node)),
                        target());
        return planner.add(kernel);
    }

    /// What a node takes besides an earlier one: one number per column.
    private View columns(Node node, Node before) {
        View given = planner.view(Fusion.other(node, before.result()));
        Shape width = Shape.of(tail.head().result().shape().last());
        View vector = planner.reshape(given, Shape.of(given.shape().elementCount()), origin());
        return planner.contiguous(planner.broadcast(vector, width, origin()), origin());
    }

    private Matrix target() {
        return planner.temporary(tail.root()).asMatrix().orElseThrow(AssertionError::new);
    }

    private Matrix residual(Node add) {
        return planner.openMatrix(planner.view(Fusion.other(add, tail.activated().result())), origin());
    }

    /// The normalization a node describes.
    static Norm norm(Planner planner, Node node) {
        Origin origin = planner.origin(node);
        View scale = planner.contiguous(planner.view(node.operand(1)), origin);
        Optional<View> bias =
                node.operands().size() > 2 && !node.operand(2).isAbsent()
                        ? Optional.of(planner.contiguous(planner.view(node.operand(2)), origin))
                        : Optional.empty();
        return switch (node.op()) {
            case LayerNorm(int axis, double epsilon) -> new Norm(true, epsilon, scale, bias);
            case RmsNorm(int axis, double epsilon) -> new Norm(false, epsilon, scale, bias);
            default -> throw new AssertionError("not a normalization: " + node);
        };
    }

    private View embedding() {
        Node head = tail.head();
        Shape positions = head.result().shape().slice(0, head.result().shape().rank() - 1);
        var tables = ImmutableList.<Weight>builder();
        var ids = ImmutableList.<View>builder();
        for (int i = 0; i < head.operands().size(); i += 2) {
            tables.add(planner.weight(head.operand(i), Weight.Layout.TABLE));
            ids.add(planner.broadcast(planner.view(head.operand(i + 1)), positions, origin()));
        }
        Optional<Norm> norm = tail.norm().map(node -> norm(planner, node));
        View target = planner.temporary(tail.root());
        planner.require(head.operand(0).shape().dim(1), Dim.of(target.shape().last().known()), origin());
        return planner.add(new EmbeddingKernel(origin(), tables.build(), ids.build(), norm, target));
    }
}

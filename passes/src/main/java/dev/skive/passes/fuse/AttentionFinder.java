package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Finds out whether the product of a softmax with something is attention, and if not, why.
///
/// @param graph where
record AttentionFinder(Graph graph) {
    /// Attention was not recognized, and why.
    static final class NoMatch extends Exception {
        private static final long serialVersionUID = 1L;

        NoMatch(String reason) {
            super(reason);
        }
    }

    /// What is between the softmax and the product of queries and keys.
    private record Scores(Node product, ImmutableList<Mask> masks, double scale, ImmutableList<Node> nodes) {}

    /// The attention whose weights this softmax computes.
    AttentionForm around(Node softmax) throws NoMatch {
        require(graph.useCount(softmax.result()) == 1, "its weights are used " + times(softmax.result()));
        require(!graph.users(softmax.result()).isEmpty(), "its weights are an output of the model");
        Node product = graph.users(softmax.result()).getFirst();
        require(
                product.op() instanceof MatMul && product.operand(0).equals(softmax.result()),
                "its weights are not the left operand of a product");
        return of(product);
    }

    /// The attention that ends in this product.
    AttentionForm of(Node product) throws NoMatch {
        Value weights = product.operand(0);
        Value values = product.operand(1);
        require(weights.node().op() instanceof Softmax, "the left operand is not a softmax");
        require(graph.useCount(weights) == 1, "its weights are used " + times(weights));
        Shape shape = weights.shape();
        require(shape.rank() == 4, "its weights %s do not have the axes batch, heads, queries, keys".formatted(shape));
        require(weights.node().op().equals(new Softmax(3)), "it does not run over the last axis of " + shape);
        Scores scores = scores(weights.node().operand(0), shape);
        Scaled queries = Scaled.of(scores.product.operand(0));
        Scaled keys = Scaled.of(scores.product.operand(1));
        checkShapes(scores.product, values);
        var nodes =
                ImmutableSet.<Node>builder()
                        .add(product, weights.node())
                        .addAll(scores.nodes)
                        .add(scores.product)
                        .addAll(queries.scalings())
                        .addAll(keys.scalings());
        double scale = scores.scale * queries.factor() * keys.factor();
        return new AttentionForm(queries, keys, values, scores.masks, scale, nodes.build());
    }

    private Scores scores(Value from, Shape shape) throws NoMatch {
        var masks = new ArrayList<Mask>();
        var nodes = new ArrayList<Node>();
        Value at = from;
        for (var masked = Mask.of(at.node()); masked.isPresent(); masked = Mask.of(at.node())) {
            masks.addFirst(masked.get().mask());
            nodes.add(at.node());
            checkUnshared(at);
            at = masked.get().scores();
        }
        Scaled scaled = Scaled.of(at);
        require(
                scaled.movements().isEmpty() && scaled.base().node().op() instanceof MatMul,
                "its scores come from '%s', not from a product".formatted(scaled.base().node().op().mnemonic()));
        for (Node scaling : scaled.scalings()) {
            checkUnshared(scaling.result());
        }
        checkUnshared(scaled.base());
        for (Mask mask : masks) {
            require(
                    mask.shape().broadcastsTo(shape),
                    "its mask %s does not fit the scores %s".formatted(mask.shape(), shape));
        }
        nodes.addAll(scaled.scalings());
        return new Scores(
                scaled.base().node(), ImmutableList.copyOf(masks), scaled.factor(), ImmutableList.copyOf(nodes));
    }

    private void checkShapes(Node scores, Value values) throws NoMatch {
        Shape queries = scores.operand(0).shape();
        Shape keys = scores.operand(1).shape();
        require(
                queries.rank() == 4 && keys.rank() == 4 && values.shape().rank() == 4,
                "queries %s, keys %s and values %s do not all have the axes batch, heads, length, size"
                        .formatted(queries, keys, values.shape()));
        for (Shape shape : List.of(queries, keys, values.shape())) {
            Dim heads = shape.dim(1);
            require(
                    heads.isKnown() && heads.equals(queries.dim(1)) && shape.dim(0).equals(queries.dim(0)),
                    "queries %s, keys %s and values %s differ in batch or heads"
                            .formatted(queries, keys, values.shape()));
        }
    }

    private void checkUnshared(Value value) throws NoMatch {
        require(
                graph.useCount(value) == 1,
                "the scores at %s are used %s".formatted(graph.origin(value.node()), times(value)));
    }

    private String times(Value value) {
        return graph.useCount(value) + " times";
    }

    private static void require(boolean holds, String reason) throws NoMatch {
        if (!holds) {
            throw new NoMatch(reason);
        }
    }
}

package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Mul;
import dev.skive.ir.type.Shape;
import java.util.Arrays;
import java.util.Optional;

/// A factor and a summand per channel that were one `BatchNormalization`. Mean and variance have become part of them, so it
/// is written with a mean of 0 and a variance of 1.
///
/// @param x what is normalized
/// @param factor the factor of each channel
/// @param summand the summand of each channel
/// @param absorbed the product
record BatchNormalizationPattern(Value x, TensorData factor, TensorData summand, ImmutableSet<Node> absorbed)
        implements OneNode {
    private static final String TYPE = "BatchNormalization";

    /// The pattern that ends in a node, if one does.
    static Optional<BatchNormalizationPattern> endingIn(Node sum, Graph graph) {
        if (!(sum.op() instanceof Add) || !graph.origin(sum).operator().equals(TYPE)) {
            return Optional.empty();
        }
        Node product = sum.operand(0).node();
        var absorbed = ImmutableSet.of(product);
        boolean matches =
                product.op() instanceof Mul
                        && OneNode.isPart(product, sum, graph)
                        && OneNode.isApart(absorbed, sum, graph)
                        && isPerChannel(product.operand(1), product.operand(0).shape())
                        && isPerChannel(sum.operand(1), product.operand(0).shape());
        return matches
                ? Optional.of(
                        new BatchNormalizationPattern(
                                product.operand(0),
                                product.operand(1).constant().orElseThrow(),
                                sum.operand(1).constant().orElseThrow(),
                                absorbed))
                : Optional.empty();
    }

    private static boolean isPerChannel(Value value, Shape x) {
        if (value.constant().isEmpty() || x.rank() < 2) {
            return false;
        }
        Shape shape = value.shape();
        return shape.rank() == x.rank() - 1
                && shape.dim(0).equals(x.dim(1))
                && shape.dims().stream().skip(1).allMatch(dim -> dim.is(1));
    }

    @Override
    public String write(ModelNodes nodes) {
        long channels = factor.count();
        return nodes.add(
                TYPE,
                ImmutableList.of(
                        nodes.name(x),
                        nodes.constant(factor.reshape(channels)),
                        nodes.constant(summand.reshape(channels)),
                        nodes.constant(filled(0)),
                        nodes.constant(filled(1))),
                ImmutableList.of(OnnxAttributes.real("epsilon", 0)));
    }

    private TensorData filled(double number) {
        var values = new double[Math.toIntExact(factor.count())];
        Arrays.fill(values, number);
        return TensorData.ofReals(factor.element(), values, values.length);
    }
}

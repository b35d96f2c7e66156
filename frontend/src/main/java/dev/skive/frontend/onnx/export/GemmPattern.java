package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Transpose;
import java.util.Optional;

/// A product and sum that were one ONNX `Gemm`, which shows in their common origin.
///
/// @param a the left matrix
/// @param transposeA whether it is transposed first
/// @param b the right matrix
/// @param transposeB whether it is transposed first
/// @param c what is added
/// @param absorbed the nodes that are parts of it besides the sum
record GemmPattern(Value a, boolean transposeA, Value b, boolean transposeB, Value c, ImmutableSet<Node> absorbed)
        implements OneNode {
    private static final Transpose SWAP = new Transpose(ImmutableList.of(1, 0));

    /// The pattern that ends in a node, if one does.
    static Optional<GemmPattern> endingIn(Node sum, Graph graph) {
        if (!(sum.op() instanceof Add)) {
            return Optional.empty();
        }
        Node product = sum.operand(0).node();
        boolean matches =
                product.op() instanceof MatMul
                        && isPart(product, sum, graph)
                        && product.operand(0).shape().rank() == 2
                        && product.operand(1).shape().rank() == 2
                        && product.result().type().equals(sum.result().type());
        if (!matches) {
            return Optional.empty();
        }
        Node left = product.operand(0).node();
        Node right = product.operand(1).node();
        boolean transposeA = left.op().equals(SWAP) && isPart(left, sum, graph);
        boolean transposeB = right.op().equals(SWAP) && isPart(right, sum, graph);
        var absorbed = ImmutableSet.<Node>builder().add(product);
        if (transposeA) {
            absorbed.add(left);
        }
        if (transposeB) {
            absorbed.add(right);
        }
        return Optional.of(
                new GemmPattern(
                        transposeA ? left.operand(0) : product.operand(0),
                        transposeA,
                        transposeB ? right.operand(0) : product.operand(1),
                        transposeB,
                        sum.operand(1),
                        absorbed.build()));
    }

    private static boolean isPart(Node part, Node sum, Graph graph) {
        return graph.useCount(part.result()) == 1 && OneNode.isPart(part, sum, graph);
    }

    @Override
    public String write(ModelNodes nodes) {
        return nodes.add(
                "Gemm",
                ImmutableList.of(nodes.name(a), nodes.name(b), nodes.name(c)),
                ImmutableList.of(
                        OnnxAttributes.integer("transA", transposeA ? 1 : 0),
                        OnnxAttributes.integer("transB", transposeB ? 1 : 0)));
    }
}

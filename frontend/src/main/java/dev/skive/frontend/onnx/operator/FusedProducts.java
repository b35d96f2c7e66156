package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import java.util.ArrayList;
import java.util.Collections;

/// Products that ORT's optimizer joins with transpositions, factors and activations, in their parts.
final class FusedProducts {
    private FusedProducts() {}

    /// `FusedMatMul` and its older name `TransposeMatMul`: `alpha A' B'`.
    static Value matMul(NodeContext node) {
        Value a = matrix(node, 0, "transA", "transBatchA");
        Value b = matrix(node, 1, "transB", "transBatchB");
        float alpha = node.attributes().real("alpha", 1);
        Term product = new Term(node, new Layout(node).product(a, b));
        return alpha == 1 ? product.value() : product.times(alpha).value();
    }

    private static Value matrix(NodeContext node, int index, String transposed, String batchTransposed) {
        Value x = node.operand(index);
        boolean swap = node.attributes().flag(transposed, false);
        boolean batch = node.attributes().flag(batchTransposed, false);
        int rank = x.shape().rank();
        if (rank < 2) {
            return x;
        }
        var perm = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            perm.add(axis);
        }
        if (batch) {
            // The first axis holds rows, and the batch follows it.
            perm.add(rank - 2, perm.removeFirst());
        }
        if (swap) {
            Collections.swap(perm, rank - 2, rank - 1);
        }
        return swap || batch ? new Layout(node).transpose(x, perm.toArray(Integer[]::new)) : x;
    }

    /// `FusedMatMulActivation`.
    static Value matMulActivation(NodeContext node) {
        node.attributes().ignore("activation_axis");
        return activated(node, matMul(node));
    }

    /// `FusedGemm`.
    static Value gemm(NodeContext node) {
        return activated(node, new GemmImporter().result(node));
    }

    /// `GemmFastGelu`: the activation of a product plus a bias.
    static Value gemmFastGelu(NodeContext node) {
        Value product = new Layout(node).product(node.operand(0), node.operand(1));
        Value sum = node.optional(2).map(bias -> node.add(new Add(), product, bias)).orElse(product);
        return node.add(new Gelu(Gelu.Form.TANH), sum);
    }

    private static Value activated(NodeContext node, Value product) {
        var x = new Term(node, product);
        String name = node.attributes().text("activation", "");
        return switch (name) {
            case "" -> product;
            case "Relu" -> x.with(new Relu()).value();
            case "Tanh" -> x.with(new Tanh()).value();
            case "Sigmoid" -> x.with(new Sigmoid()).value();
            case "LeakyRelu" -> x.isLess(0).choose(x.times(real(node, "alpha", 0.01f)), x).value();
            case "ThresholdedRelu" -> x.isMore(real(node, "alpha", 1)).choose(x, x.number(0)).value();
            case "Elu" -> x.isLess(0).choose(x.exp().minus(1).times(real(node, "alpha", 1)), x).value();
            case "Softsign" -> x.over(x.abs().plus(1)).value();
            case "HardSigmoid" ->
                    x.times(real(node, "alpha", 0.2f)).plus(real(node, "beta", 0.5f)).min(1).max(0).value();
            default -> throw node.failure("activation '%s' is not supported", name);
        };
    }

    private static float real(NodeContext node, String name, float absent) {
        return node.attributes().real("activation_" + name, absent);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Transpose;

/// `Gemm`: `alpha A' B' + beta C` in its parts.
record GemmImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value a = matrix(node, 0, "transA");
        Value b = matrix(node, 1, "transB");
        Value product = scaled(node, node.add(new MatMul(), a, b), "alpha");
        // Read even without C, so that the attribute counts as understood.
        float beta = node.attributes().real("beta", 1);
        if (!node.has(2) || beta == 0) {
            return product;
        }
        return node.add(new Add(), product, scaled(node, node.operand(2), "beta"));
    }

    private static Value matrix(NodeContext node, int index, String transposed) {
        Value x = node.operand(index);
        if (x.shape().rank() != 2) {
            throw node.failure("operand %s must be a matrix, found %s", index, x.type());
        }
        boolean transpose = node.attributes().flag(transposed, false);
        return transpose ? node.add(new Transpose(ImmutableList.of(1, 0)), x) : x;
    }

    private static Value scaled(NodeContext node, Value x, String attribute) {
        float factor = node.attributes().real(attribute, 1);
        return factor == 1 ? x : node.add(new Mul(), x, node.scalar(x, factor));
    }
}

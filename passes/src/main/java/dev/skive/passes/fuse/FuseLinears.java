package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.MatMul;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.text.RuleFiles;

/// Turns products with a matrix on the right into linear layers, with their bias, and their weights as stored.
///
/// **Transforms**: `y = add(b, mat-mul(x, w))`
/// **Into**: `y = linear(x, w, b)`
/// **Needs**: nothing.
/// **Contract**: reassociating, since the bias joins the sum before it is rounded.
/// **Source**: ONNX `Gemm`, as every linear layer is defined.
/// **Leaves out**: factors of weights that are no constants, or that something else uses.
public record FuseLinears() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return ImmutableList.copyOf(RuleFiles.rules("linear"));
    }

    @Override
    public ImmutableList<NodeRule> rewrites() {
        return rules();
    }

    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public ImmutableSet<Fact> establishes() {
        return ImmutableSet.of(Fact.LINEARS_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        return new Recognizer(this, rules(), "product by a matrix", FuseLinears::multipliesByMatrix)
                .run(graph, context);
    }

    private static boolean multipliesByMatrix(Node node) {
        return node.op() instanceof MatMul && node.operand(1).shape().rank() == 2;
    }
}

package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Tanh;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.text.RuleFiles;

/// Recognizes activation functions: GELU and the sigmoid.
///
/// **Transforms**: `y = mul(mul(x, 0.5), add(erf(div(x, 1.4142135)), 1.0))`
/// **Into**: `y = gelu[form=erf](x)`
/// **Needs**: nothing.
/// **Contract**: reassociating; constants may be rounded as model files round them.
/// **Source**: Hendrycks and Gimpel, "Gaussian Error Linear Units".
/// **Leaves out**: the sigmoid approximation of GELU, and functions without an operator of their own.
public record FuseActivations() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return ImmutableList.copyOf(RuleFiles.rules("activation"));
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
    public Graph run(Graph graph, PassContext context) {
        return new Recognizer(
                        this, rules(), "erf or tanh", node -> node.op() instanceof Erf || node.op() instanceof Tanh)
                .run(graph, context);
    }
}

package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.ReduceMean;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.text.RuleFiles;

/// Recognizes layer normalization and root-mean-square normalization.
///
/// **Transforms**: `d = sub(x, reduce-mean(x)); y = add(mul(div(d, sqrt(add(reduce-mean(pow(d, 2)), e))), scale), bias)`
/// **Into**: `y = layer-norm[epsilon=e](x, scale, bias)`
/// **Needs**: nothing.
/// **Contract**: reassociating.
/// **Source**: Ba et al., "Layer Normalization"; Zhang and Sennrich, "Root Mean Square Layer Normalization".
/// **Leaves out**: means that drop their axes, and norms computed in another element type than their input.
public record FuseNorms() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return ImmutableList.copyOf(RuleFiles.rules("norm"));
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
        return ImmutableSet.of(Fact.NORMS_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        return new Recognizer(this, rules(), "reduce-mean", node -> node.op() instanceof ReduceMean)
                .run(graph, context);
    }
}

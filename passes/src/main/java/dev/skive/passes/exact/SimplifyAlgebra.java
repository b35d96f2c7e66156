package dev.skive.passes.exact;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleDriver;
import dev.skive.passes.rule.text.RuleFiles;

/// Removes what changes nothing, and merges movements that follow one another.
///
/// **Transforms**: `y = transpose[1,0](transpose[1,0](mul(x, 1.0)))`
/// **Into**: `y = x`
/// **Needs**: nothing.
/// **Contract**: exact.
/// **Source**: the no-op eliminations that exporters' clean-up tools agree on.
/// **Leaves out**: whatever exact arithmetic allows but rounding does not, `x + 0.0` for one.
public record SimplifyAlgebra() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return rules(PassContext.quiet());
    }

    /// Every rule of this pass, for one run.
    public static ImmutableList<NodeRule> rules(PassContext context) {
        return ImmutableList.<NodeRule>builder()
                .add(new FoldConstant(false, new Growth(context.foldedBytes())))
                .addAll(RuleFiles.rules("arithmetic"))
                .addAll(CastRules.ALL)
                .addAll(RuleFiles.rules("movement"))
                .add(new DropExpandedOperand())
                .build();
    }

    @Override
    public ImmutableList<NodeRule> rewrites() {
        return rules();
    }

    @Override
    public Contract contract() {
        return Exactness.EXACT;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Graph simpler = RuleDriver.of(rules(context), contract()).run(graph, context);
        if (simpler.equals(graph)) {
            context.say(this, "none of the " + rules().size() + " rules applies");
        }
        return simpler;
    }
}

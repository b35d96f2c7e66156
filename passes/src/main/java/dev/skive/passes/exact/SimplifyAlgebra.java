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

/// Removes what changes nothing, and says with fewer operators what exporters say with many.
///
/// **Transforms**: `y = transpose[1,0](transpose[1,0](mul(x, 1.0)))`
/// **Into**: `y = x`
/// **Needs**: nothing.
/// **Contract**: exact; with `inexact` reassociating, for rules that are only equal in exact arithmetic.
/// **Source**: the no-op eliminations that exporters' clean-up tools agree on.
/// **Leaves out**: whatever changes answers, `x + 0.0` among the exact rules for one, which turns -0.0 into 0.0.
///
/// @param inexact whether results may be rounded differently
public record SimplifyAlgebra(boolean inexact) implements Pass {
    private static final ImmutableList<String> TOPICS =
            ImmutableList.of("arithmetic", "logic", "cast", "movement", "shape", "reduction");

    /// Exact rules only.
    public SimplifyAlgebra() {
        this(false);
    }

    /// Every rule of this pass, with those that are not exact.
    public static ImmutableList<NodeRule> rules() {
        return rules(PassContext.quiet());
    }

    /// Every rule of this pass, for one run.
    public static ImmutableList<NodeRule> rules(PassContext context) {
        return ImmutableList.<NodeRule>builder()
                .add(new FoldConstant(false, new Growth(context.foldedBytes())))
                .addAll(TOPICS.stream().flatMap(topic -> RuleFiles.rules(topic).stream()).iterator())
                .add(new DropExpandedOperand())
                .build();
    }

    @Override
    public ImmutableList<NodeRule> rewrites() {
        return rules();
    }

    @Override
    public Contract contract() {
        return inexact ? Exactness.REASSOCIATING : Exactness.EXACT;
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

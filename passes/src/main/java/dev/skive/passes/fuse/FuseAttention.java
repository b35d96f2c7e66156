package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Softmax;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.exact.SimplifyAlgebra;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleDriver;
import dev.skive.passes.rule.text.RuleFiles;

/// Recognizes scaled dot-product attention, its mask and its heads.
///
/// **Transforms**: `y = mat-mul(softmax(add(div(mat-mul(q, k), 8.0), mask)), v)` with q, k, v split into heads
/// **Into**: `y = attention[query-heads=12, key-heads=12, scale=0.125](q, k, v, mask)` with the heads side by side
/// **Needs**: nothing.
/// **Contract**: reassociating.
/// **Source**: Vaswani et al., "Attention Is All You Need", section 3.2; Ainslie et al., "GQA" for shared key heads.
/// **Leaves out**: attention whose weights are used for something else, heads folded into the batch axis, and masks
/// chosen by `where` unless the number chosen is so low (-1e30 and below) that a score added to it disappears.
public record FuseAttention() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return rules(PassContext.quiet());
    }

    private static ImmutableList<NodeRule> rules(PassContext context) {
        return ImmutableList.<NodeRule>builder()
                .add(new RecognizeAttention())
                .addAll(RuleFiles.rules("attention"))
                .addAll(SimplifyAlgebra.rules(context))
                .build();
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
        return ImmutableSet.of(Fact.ATTENTION_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        if (graph.nodes().stream().noneMatch(node -> node.op() instanceof Softmax)) {
            context.say(this, "there is no softmax node");
            return graph;
        }
        Graph result = RuleDriver.of(rules(context), contract()).run(graph, context);
        result.nodes().stream()
                .filter(node -> node.op() instanceof Softmax)
                .forEach(softmax -> explain(softmax, result, context));
        return result;
    }

    private void explain(Node softmax, Graph graph, PassContext context) {
        try {
            new AttentionFinder(graph).around(softmax);
            throw new AssertionError("attention around " + graph.origin(softmax) + " was recognized but not replaced");
        } catch (AttentionFinder.NoMatch reason) {
            context.say(
                    this,
                    "a softmax is not part of attention: " + reason.getMessage(),
                    ImmutableList.of(graph.origin(softmax)));
        }
    }
}

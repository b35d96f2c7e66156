package dev.skive.passes.exact;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleDriver;

/// Computes at compile time what depends on constants only, and what is known of sizes.
///
/// **Transforms**: `y = add(x, mul(2.0, 3.0))`
/// **Into**: `y = add(x, 6.0)`
/// **Needs**: nothing.
/// **Contract**: exact; with `inexact` reassociating, since engines round `exp`, sums and products differently.
/// **Source**: constant folding.
/// **Leaves out**: results larger than the constants they make superfluous (by more than 64 KB), tensors of more than
/// 16 million elements unless they are only moved, what would let the model grow by more than
/// [PassContext#foldedBytes()] in all, and what engines define differently (integer division by zero).
///
/// @param inexact whether operators that engines may round differently are folded too
public record FoldConstants(boolean inexact) implements Pass {
    /// Exact folding.
    public FoldConstants() {
        this(false);
    }

    @Override
    public ImmutableList<NodeRule> rewrites() {
        return ImmutableList.of(new FoldConstant(inexact, new Growth(0)));
    }

    @Override
    public Contract contract() {
        return inexact ? Exactness.REASSOCIATING : Exactness.EXACT;
    }

    @Override
    public ImmutableSet<Fact> establishes() {
        return ImmutableSet.of(Fact.CONSTANTS_FOLDED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        var rule = new FoldConstant(inexact, new Growth(context.foldedBytes()));
        Graph folded = RuleDriver.of(ImmutableList.of(rule), contract()).run(graph, context);
        if (folded.equals(graph)) {
            context.say(this, "no node depends on constants or known sizes only");
        }
        return folded;
    }
}

package dev.skive.passes.rule;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import java.util.Optional;

/// A local rewrite of a node with one result: a [Rule], or Java where patterns cannot say it.
public interface NodeRule {
    /// The name, verb and object in kebab-case.
    String name();

    /// What it promises about the numbers.
    Contract contract();

    /// What gets less when it fires.
    CostClaim cost();

    /// One sentence that says what it rewrites.
    String documentation();

    /// Where it is written: file and line, or the class.
    default String source() {
        return getClass().getName();
    }

    /// The operators whose nodes it rewrites; all when empty.
    ImmutableSet<Class<? extends Op>> operators();

    /// How far it looks: a node is tried again when something changed within so many operators below it.
    default int reach() {
        return Integer.MAX_VALUE;
    }

    /// The replacement of the node, if the rule applies.
    Optional<Rewrite> rewrite(Node node, Rewriter rewriter);

    /// A replacement.
    ///
    /// @param value what stands for the node's result from now on, in the new graph
    /// @param origin of everything that was matched
    /// @param matched the nodes that were matched
    record Rewrite(Value value, Origin origin, ImmutableSet<Node> matched) {}
}

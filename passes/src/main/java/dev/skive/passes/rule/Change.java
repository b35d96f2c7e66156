package dev.skive.passes.rule;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import java.util.Map;
import java.util.Set;

/// What a rewrite takes away from a graph and what it adds.
///
/// @param gone nodes that nothing needs any more
/// @param added nodes that were not there before
public record Change(ImmutableSet<Node> gone, ImmutableSet<Node> added) {
    static Change of(Set<Node> gone, Set<Node> added) {
        return new Change(ImmutableSet.copyOf(gone), ImmutableSet.copyOf(added));
    }

    /// True when the cost gets less and none that counts before it gets more.
    ///
    /// @param oldDepths of the nodes that are gone
    /// @param newDepths of the nodes that are added
    boolean lowers(CostClaim wanted, Map<Node, Integer> oldDepths, Map<Node, Integer> newDepths) {
        for (CostClaim claim : CostClaim.values()) {
            Dim saved = sum(gone, claim, oldDepths).minus(sum(added, claim, newDepths));
            if (!saved.equals(Dim.ZERO)) {
                return saved.isNeverNegative();
            }
            if (claim == wanted) {
                return false;
            }
        }
        throw new AssertionError(wanted);
    }

    private static Dim sum(Set<Node> nodes, CostClaim claim, Map<Node, Integer> depths) {
        return nodes.stream()
                .filter(node -> !(node.op() instanceof Source))
                .map(node -> claim.of(node, depths))
                .reduce(Dim.ZERO, Dim::plus);
    }
}

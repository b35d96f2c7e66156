package dev.skive.passes.rule;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.passes.rule.NodeRule.Rewrite;

/// One rewrite that happened.
///
/// @param rule that fired
/// @param before what was replaced
/// @param rewrite what stands there now
/// @param change what that takes away and adds
public record Firing(String rule, Value before, Rewrite rewrite, Change change) {
    /// Where everything that was matched came from.
    public Origin origin() {
        return rewrite.origin();
    }

    /// What stands there now.
    Value after() {
        return rewrite.value();
    }

    /// The nodes that nothing needs any more.
    ImmutableSet<Node> gone() {
        return change.gone();
    }

    /// The nodes that were built.
    ImmutableSet<Node> added() {
        return change.added();
    }

    /// What was replaced, as text.
    public String beforeText() {
        return Excerpt.print(before, rewrite.matched());
    }

    /// What stands there now, as text.
    public String afterText() {
        return Excerpt.print(after(), added());
    }
}

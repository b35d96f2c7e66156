package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.graph.Value;

/// What a name of a pattern stands for.
public sealed interface Bound {
    /// A value of the graph.
    ///
    /// @param value the value
    record One(Value value) implements Bound {}

    /// Consecutive operands of a node; some of them may be left out.
    ///
    /// @param values in order
    record Several(ImmutableList<Value> values) implements Bound {}

    /// An attribute of an operator.
    ///
    /// @param attribute the attribute
    record Of(Attribute attribute) implements Bound {}
}

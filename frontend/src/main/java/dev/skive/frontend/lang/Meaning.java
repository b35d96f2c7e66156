package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;

/// What an expression stands for.
sealed interface Meaning {
    /// Values of the graph: one, or all results of an operator or a function.
    ///
    /// @param values in order
    record Results(ImmutableList<Value> values) implements Meaning {}

    /// Something known when the text is read: a number, a size, a word.
    ///
    /// @param attribute what it is
    record Known(Attribute attribute) implements Meaning {}

    /// An operand left out.
    record LeftOut() implements Meaning {}

    /// What a statement with a reported error would have given. Whatever uses it is in error too, and says nothing.
    record Unclear() implements Meaning {}

    /// One value.
    static Meaning of(Value value) {
        return new Results(ImmutableList.of(value));
    }
}

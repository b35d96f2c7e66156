package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.ScalarExpr;

/// What is done with each element of a result before it is stored.
///
/// @param name what it does, in camel case; empty when nothing
/// @param formula over the element, argument 0, and the elements of `reads` at the same place
/// @param reads contiguous tensors of the result's shape
public record Epilogue(String name, ScalarExpr formula, ImmutableList<View> reads) {
    /// Nothing.
    public static final Epilogue NONE = new Epilogue("", ScalarExpr.argument(0), ImmutableList.of());

    /// True when the element is stored as it is.
    public boolean isEmpty() {
        return name.isEmpty();
    }
}

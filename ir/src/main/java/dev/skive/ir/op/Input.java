package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Type;

/// A value the caller gives.
///
/// @param name what the caller calls it
/// @param type its type
public record Input(String name, Type type) implements Source {
    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(type);
    }
}

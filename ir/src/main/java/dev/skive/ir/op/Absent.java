package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Type;

/// Stands for an optional operand that was left out.
public record Absent() implements Source {
    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(new AbsentType());
    }
}

package dev.skive.ir.op;

import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Checks of operands that are sequences.
final class SequenceTypes {
    private SequenceTypes() {}

    /// The type of an operand that must be a sequence.
    static SequenceType require(Operands operands, int index) {
        Type type = operands.values().get(index).type();
        TypeError.check(type instanceof SequenceType, "operand %s must be a sequence, found %s", index, type);
        return (SequenceType) type;
    }
}

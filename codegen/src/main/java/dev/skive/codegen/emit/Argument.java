package dev.skive.codegen.emit;

import dev.skive.codegen.memory.Slot;
import dev.skive.ir.type.Dim;

/// What a kernel's method is called with, always an `int`.
sealed interface Argument {
    /// Where a temporary lies: the start of its slot plus an offset.
    ///
    /// @param slot the slot
    /// @param offset elements from its start
    record InSlot(Slot slot, Dim offset) implements Argument {}

    /// Where a constant lies in the array of its storage.
    ///
    /// @param offset elements from the start of the array
    record InConstants(int offset) implements Argument {}

    /// A weight by number.
    ///
    /// @param index its number in the weights file
    record OfWeight(int index) implements Argument {}
}

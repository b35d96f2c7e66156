package dev.skive.codegen.memory;

import dev.skive.codegen.plan.Storage;
import dev.skive.ir.type.Dim;

/// A part of a run's memory that several temporaries use one after the other.
///
/// @param storage the array it is part of
/// @param index number among the slots of that array
/// @param size elements it holds
public record Slot(Storage storage, int index, Dim size) {
    /// The name of its offset in generated code.
    public String field() {
        return storage.primitive() + "Slot" + index;
    }
}

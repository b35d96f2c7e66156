package dev.skive.codegen.plan;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// A piece of storage that kernels read and write: a temporary of one run, or a constant shared by all runs.
///
/// @param id number within the plan, in order of creation
/// @param name what it holds, for comments
/// @param element element type
/// @param count number of elements
/// @param constant the elements, for constants
public record Buffer(int id, String name, ElementType element, Dim count, Optional<TensorData> constant) {
    /// True for constants.
    public boolean isConstant() {
        return constant.isPresent();
    }

    /// The Java array its elements live in.
    public Storage storage() {
        return Storage.of(element);
    }
}

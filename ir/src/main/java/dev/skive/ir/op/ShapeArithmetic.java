package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// Marks operators that models use to compute with sizes. Type inference follows small integer tensors through them
/// symbolically, so that `Reshape(x, Concat(Shape(x)[0], -1))` has a known type.
public interface ShapeArithmetic {
    /// The elements of the result as sizes, row-major, when those of the operands are known.
    Optional<ImmutableList<Dim>> contents(Operands operands);
}

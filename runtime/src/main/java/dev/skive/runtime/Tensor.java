package dev.skive.runtime;

import java.lang.foreign.MemorySegment;

/// A dense tensor that goes into a model or comes out of it: elements in row-major order and a shape.
///
/// A tensor shares the array or the segment it was made from. Nothing in this module writes to it, and two tensors are
/// equal when kind, shape and the bits of all elements are equal.
public sealed interface Tensor extends Value
        permits FloatTensor,
                DoubleTensor,
                LongTensor,
                IntTensor,
                ShortTensor,
                ByteTensor,
                BooleanTensor,
                PackedTensor,
                StringTensor {
    /// The sizes of all axes, as a copy.
    long[] shape();

    /// The number of axes; 0 for a scalar.
    int rank();

    /// The size of one axis.
    ///
    /// @throws IndexOutOfBoundsException when there is no such axis
    long size(int axis);

    /// The number of elements.
    long count();

    /// What the elements are.
    ElementKind kind();

    /// The elements in native byte order, exactly as many bytes as they take.
    MemorySegment segment();
}

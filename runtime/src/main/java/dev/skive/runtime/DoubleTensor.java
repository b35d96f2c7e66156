package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// A tensor of 64-bit floats.
public final class DoubleTensor extends DenseTensor implements Tensor {
    private DoubleTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static DoubleTensor of(double[] values, long... shape) {
        return new DoubleTensor(
                ElementKind.F64, MemorySegment.ofArray(values), checked(ElementKind.F64, values.length, shape));
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static DoubleTensor of(MemorySegment values, long... shape) {
        return new DoubleTensor(ElementKind.F64, values, shape);
    }

    /// A tensor of rank 0.
    public static DoubleTensor scalar(double value) {
        return of(new double[] {value});
    }

    /// A tensor of zeros on the heap.
    public static DoubleTensor allocate(long... shape) {
        return of(new double[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public double[] values() {
        return backing() instanceof double[] array && array.length == count()
                ? array
                : segment().toArray(JAVA_DOUBLE_UNALIGNED);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public double get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(double[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_DOUBLE_UNALIGNED, 0, target, offset, arrayLength(shape()));
    }

    private double at(long position) {
        return segment().getAtIndex(JAVA_DOUBLE_UNALIGNED, position);
    }

    @Override
    String element(long position) {
        return Double.toString(at(position));
    }
}

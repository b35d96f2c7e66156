package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// A tensor of 32-bit floats.
public final class FloatTensor extends DenseTensor implements Tensor {
    private FloatTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static FloatTensor of(float[] values, long... shape) {
        return new FloatTensor(
                ElementKind.F32, MemorySegment.ofArray(values), checked(ElementKind.F32, values.length, shape));
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static FloatTensor of(MemorySegment values, long... shape) {
        return new FloatTensor(ElementKind.F32, values, shape);
    }

    /// A tensor of rank 0.
    public static FloatTensor scalar(float value) {
        return of(new float[] {value});
    }

    /// A tensor of zeros on the heap.
    public static FloatTensor allocate(long... shape) {
        return of(new float[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public float[] values() {
        return backing() instanceof float[] array && array.length == count()
                ? array
                : segment().toArray(JAVA_FLOAT_UNALIGNED);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public float get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(float[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_FLOAT_UNALIGNED, 0, target, offset, arrayLength(shape()));
    }

    private float at(long position) {
        return segment().getAtIndex(JAVA_FLOAT_UNALIGNED, position);
    }

    @Override
    String element(long position) {
        return Float.toString(at(position));
    }
}

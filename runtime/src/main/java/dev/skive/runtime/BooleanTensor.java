package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// A tensor of booleans, stored as bytes: 0 is false, 1 is true.
public final class BooleanTensor extends DenseTensor implements Tensor {
    private BooleanTensor(MemorySegment values, long[] shape) {
        super(ElementKind.BOOL, values, shape);
    }

    /// A tensor with the values of an array, which are copied.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static BooleanTensor of(boolean[] values, long... shape) {
        checked(ElementKind.BOOL, values.length, shape);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return new BooleanTensor(MemorySegment.ofArray(bytes), shape);
    }

    /// A tensor over the first bytes of a segment, which is shared, not copied; all its bytes must be 0 or 1.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static BooleanTensor of(MemorySegment values, long... shape) {
        return new BooleanTensor(values, shape);
    }

    /// A tensor of rank 0.
    public static BooleanTensor scalar(boolean value) {
        return of(new boolean[] {value});
    }

    /// A tensor of `false` on the heap.
    public static BooleanTensor allocate(long... shape) {
        return new BooleanTensor(MemorySegment.ofArray(new byte[arrayLength(shape)]), shape);
    }

    /// A copy of the elements.
    public boolean[] values() {
        boolean[] values = new boolean[arrayLength(shape())];
        copyTo(values, 0);
        return values;
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public boolean get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(boolean[] target, int offset) {
        int count = arrayLength(shape());
        for (int i = 0; i < count; i++) {
            target[offset + i] = at(i);
        }
    }

    /// Copies all elements into an array of bytes, 0 for false and 1 for true.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(byte[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_BYTE, 0, target, offset, arrayLength(shape()));
    }

    private boolean at(long position) {
        return segment().get(JAVA_BYTE, position) != 0;
    }

    @Override
    String element(long position) {
        return Boolean.toString(at(position));
    }
}

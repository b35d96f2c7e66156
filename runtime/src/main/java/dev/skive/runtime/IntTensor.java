package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// A tensor of 32-bit integers, signed or unsigned.
public final class IntTensor extends DenseTensor implements Tensor {
    private static final Set<ElementKind> KINDS = EnumSet.of(ElementKind.I32, ElementKind.U32);

    private IntTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied, of kind `i32`.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static IntTensor of(int[] values, long... shape) {
        return of(ElementKind.I32, values, shape);
    }

    /// A tensor of a kind over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i32` or `u32`, or the array does not have as many
    ///     elements as the shape
    public static IntTensor of(ElementKind kind, int[] values, long... shape) {
        checked(kind, KINDS);
        return new IntTensor(kind, MemorySegment.ofArray(values), checked(kind, values.length, shape));
    }

    /// A tensor of a kind over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i32` or `u32`, or the segment has fewer elements than
    ///     the shape
    public static IntTensor of(ElementKind kind, MemorySegment values, long... shape) {
        return new IntTensor(checked(kind, KINDS), values, shape);
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied, of kind `i32`.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static IntTensor of(MemorySegment values, long... shape) {
        return new IntTensor(ElementKind.I32, values, shape);
    }

    /// A tensor of rank 0, of kind `i32`.
    public static IntTensor scalar(int value) {
        return of(new int[] {value});
    }

    /// A tensor of zeros on the heap, of kind `i32`.
    public static IntTensor allocate(long... shape) {
        return of(new int[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public int[] values() {
        return backing() instanceof int[] array && array.length == count()
                ? array
                : segment().toArray(JAVA_INT_UNALIGNED);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public int get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(int[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_INT_UNALIGNED, 0, target, offset, arrayLength(shape()));
    }

    private int at(long position) {
        return segment().getAtIndex(JAVA_INT_UNALIGNED, position);
    }

    @Override
    String element(long position) {
        return kind() == ElementKind.U32 ? Integer.toUnsignedString(at(position)) : Integer.toString(at(position));
    }
}

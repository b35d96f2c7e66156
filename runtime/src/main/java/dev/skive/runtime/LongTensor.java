package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// A tensor of 64-bit integers, signed or unsigned.
public final class LongTensor extends DenseTensor implements Tensor {
    private static final Set<ElementKind> KINDS = EnumSet.of(ElementKind.I64, ElementKind.U64);

    private LongTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied, of kind `i64`.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static LongTensor of(long[] values, long... shape) {
        return of(ElementKind.I64, values, shape);
    }

    /// A tensor of a kind over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i64` or `u64`, or the array does not have as many
    ///     elements as the shape
    public static LongTensor of(ElementKind kind, long[] values, long... shape) {
        checked(kind, KINDS);
        return new LongTensor(kind, MemorySegment.ofArray(values), checked(kind, values.length, shape));
    }

    /// A tensor of a kind over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i64` or `u64`, or the segment has fewer elements than
    ///     the shape
    public static LongTensor of(ElementKind kind, MemorySegment values, long... shape) {
        return new LongTensor(checked(kind, KINDS), values, shape);
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied, of kind `i64`.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static LongTensor of(MemorySegment values, long... shape) {
        return new LongTensor(ElementKind.I64, values, shape);
    }

    /// A tensor of rank 0, of kind `i64`.
    public static LongTensor scalar(long value) {
        return of(new long[] {value});
    }

    /// A tensor of zeros on the heap, of kind `i64`.
    public static LongTensor allocate(long... shape) {
        return of(new long[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public long[] values() {
        return backing() instanceof long[] array && array.length == count()
                ? array
                : segment().toArray(JAVA_LONG_UNALIGNED);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public long get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(long[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_LONG_UNALIGNED, 0, target, offset, arrayLength(shape()));
    }

    private long at(long position) {
        return segment().getAtIndex(JAVA_LONG_UNALIGNED, position);
    }

    @Override
    String element(long position) {
        return kind() == ElementKind.U64 ? Long.toUnsignedString(at(position)) : Long.toString(at(position));
    }
}

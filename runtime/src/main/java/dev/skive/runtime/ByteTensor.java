package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// A tensor of 8-bit integers, signed or unsigned, or the bits of 8-bit floats.
public final class ByteTensor extends DenseTensor implements Tensor {
    private static final Set<ElementKind> KINDS =
            EnumSet.of(
                    ElementKind.I8,
                    ElementKind.U8,
                    ElementKind.F8E4M3FN,
                    ElementKind.F8E4M3FNUZ,
                    ElementKind.F8E5M2,
                    ElementKind.F8E5M2FNUZ,
                    ElementKind.F8E8M0);

    private ByteTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied, of kind `i8`.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static ByteTensor of(byte[] values, long... shape) {
        return of(ElementKind.I8, values, shape);
    }

    /// A tensor of a kind over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not an 8-bit integer or float, or the array does not have as many
    ///     elements as the shape
    public static ByteTensor of(ElementKind kind, byte[] values, long... shape) {
        checked(kind, KINDS);
        return new ByteTensor(kind, MemorySegment.ofArray(values), checked(kind, values.length, shape));
    }

    /// A tensor of a kind over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not an 8-bit integer or float, or the segment has fewer elements than
    ///     the shape
    public static ByteTensor of(ElementKind kind, MemorySegment values, long... shape) {
        return new ByteTensor(checked(kind, KINDS), values, shape);
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied, of kind `i8`.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static ByteTensor of(MemorySegment values, long... shape) {
        return new ByteTensor(ElementKind.I8, values, shape);
    }

    /// A tensor of rank 0, of kind `i8`.
    public static ByteTensor scalar(byte value) {
        return of(new byte[] {value});
    }

    /// A tensor of zeros on the heap, of kind `i8`.
    public static ByteTensor allocate(long... shape) {
        return of(new byte[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public byte[] values() {
        return backing() instanceof byte[] array && array.length == count() ? array : segment().toArray(JAVA_BYTE);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public byte get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(byte[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_BYTE, 0, target, offset, arrayLength(shape()));
    }

    private byte at(long position) {
        return segment().get(JAVA_BYTE, position);
    }

    @Override
    String element(long position) {
        byte element = at(position);
        return switch (kind()) {
            case I8 -> Byte.toString(element);
            case U8 -> Integer.toString(Byte.toUnsignedInt(element));
            default -> Float.toString(SmallFloat.valueOf(kind().name()).decode(element));
        };
    }
}

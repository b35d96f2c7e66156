package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// A tensor of 16-bit integers, signed or unsigned, or the bits of 16-bit floats.
public final class ShortTensor extends DenseTensor implements Tensor {
    private static final Set<ElementKind> KINDS =
            EnumSet.of(ElementKind.I16, ElementKind.U16, ElementKind.F16, ElementKind.BF16);

    private ShortTensor(ElementKind kind, MemorySegment values, long[] shape) {
        super(kind, values, shape);
    }

    /// A tensor over an array, which is shared, not copied, of kind `i16`.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static ShortTensor of(short[] values, long... shape) {
        return of(ElementKind.I16, values, shape);
    }

    /// A tensor of a kind over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i16`, `u16`, `f16`, `bf16`, or the array does not have as many
    ///     elements as the shape
    public static ShortTensor of(ElementKind kind, short[] values, long... shape) {
        checked(kind, KINDS);
        return new ShortTensor(kind, MemorySegment.ofArray(values), checked(kind, values.length, shape));
    }

    /// A tensor of a kind over the first elements of a segment in native byte order, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i16`, `u16`, `f16`, `bf16`, or the segment has fewer elements than
    ///     the shape
    public static ShortTensor of(ElementKind kind, MemorySegment values, long... shape) {
        return new ShortTensor(checked(kind, KINDS), values, shape);
    }

    /// A tensor over the first elements of a segment in native byte order, which is shared, not copied, of kind `i16`.
    ///
    /// @throws IllegalArgumentException when the segment has fewer elements than the shape
    public static ShortTensor of(MemorySegment values, long... shape) {
        return new ShortTensor(ElementKind.I16, values, shape);
    }

    /// A tensor of rank 0, of kind `i16`.
    public static ShortTensor scalar(short value) {
        return of(new short[] {value});
    }

    /// A tensor of zeros on the heap, of kind `i16`.
    public static ShortTensor allocate(long... shape) {
        return of(new short[arrayLength(shape)], shape);
    }

    /// The array that this tensor shares, or a copy when it lies in a segment.
    public short[] values() {
        return backing() instanceof short[] array && array.length == count()
                ? array
                : segment().toArray(JAVA_SHORT_UNALIGNED);
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public short get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(short[] target, int offset) {
        MemorySegment.copy(segment(), JAVA_SHORT_UNALIGNED, 0, target, offset, arrayLength(shape()));
    }

    private short at(long position) {
        return segment().getAtIndex(JAVA_SHORT_UNALIGNED, position);
    }

    @Override
    String element(long position) {
        return switch (kind()) {
            case U16 -> Integer.toString(Short.toUnsignedInt(at(position)));
            case F16 -> Float.toString(Float.float16ToFloat(at(position)));
            case BF16 -> Float.toString(Float.intBitsToFloat(at(position) << 16));
            default -> Short.toString(at(position));
        };
    }
}

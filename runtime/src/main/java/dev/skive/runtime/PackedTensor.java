package dev.skive.runtime;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// A tensor of 4- or 2-bit elements, packed into bytes, the first element in the low bits. Outside of it, an element is a
/// byte: an integer, or the bits of a 4-bit float.
public final class PackedTensor extends DenseTensor implements Tensor {
    private static final Set<ElementKind> KINDS =
            EnumSet.of(ElementKind.I4, ElementKind.U4, ElementKind.I2, ElementKind.U2, ElementKind.F4E2M1);

    private PackedTensor(ElementKind kind, MemorySegment packed, long[] shape) {
        super(kind, packed, shape);
    }

    /// A tensor of a kind over packed bytes, which are shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i4`, `u4`, `i2`, `u2`, `f4e2m1`, or there are fewer
    ///     bytes than the shape takes
    public static PackedTensor of(ElementKind kind, byte[] packed, long... shape) {
        return of(kind, MemorySegment.ofArray(packed), shape);
    }

    /// A tensor of a kind over the first bytes of a segment, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i4`, `u4`, `i2`, `u2`, `f4e2m1`, or the segment has
    ///     fewer bytes than the shape takes
    public static PackedTensor of(ElementKind kind, MemorySegment packed, long... shape) {
        return new PackedTensor(checked(kind, KINDS), packed, shape);
    }

    /// A tensor with the low bits of as many bytes as the shape has elements.
    ///
    /// @throws IllegalArgumentException when the kind is not one of `i4`, `u4`, `i2`, `u2`, `f4e2m1`
    /// @throws IndexOutOfBoundsException when there are fewer elements behind the offset
    public static PackedTensor pack(ElementKind kind, byte[] elements, int offset, long... shape) {
        int count = arrayLength(shape);
        int bits = checked(kind, KINDS).bits();
        byte[] packed = new byte[(int) kind.bytes(count)];
        for (int i = 0; i < count; i++) {
            int bit = i * bits;
            packed[bit / 8] |= (byte) ((elements[offset + i] & ((1 << bits) - 1)) << bit % 8);
        }
        return of(kind, packed, shape);
    }

    /// The packed bytes, as a copy.
    public byte[] values() {
        return segment().toArray(JAVA_BYTE);
    }

    /// The element at an index: an integer, or the bits of a 4-bit float.
    ///
    /// @throws IndexOutOfBoundsException when the index is not in the shape
    public byte get(long... index) {
        return at(position(index));
    }

    /// Copies all elements into an array, one per byte.
    ///
    /// @throws IndexOutOfBoundsException when they do not fit behind the offset
    public void copyTo(byte[] target, int offset) {
        int count = arrayLength(shape());
        for (int i = 0; i < count; i++) {
            target[offset + i] = at(i);
        }
    }

    private byte at(long position) {
        int bits = kind().bits();
        long bit = position * bits;
        int unused = Integer.SIZE - bits;
        int raised = segment().get(JAVA_BYTE, bit / 8) >> (int) (bit % 8) << unused;
        boolean signed = kind() == ElementKind.I4 || kind() == ElementKind.I2;
        return (byte) (signed ? raised >> unused : raised >>> unused);
    }

    @Override
    String element(long position) {
        return kind() == ElementKind.F4E2M1
                ? Float.toString(SmallFloat.F4E2M1.decode(at(position)))
                : Byte.toString(at(position));
    }
}

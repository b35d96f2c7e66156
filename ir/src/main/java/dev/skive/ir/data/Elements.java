package dev.skive.ir.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads and writes single elements of every numeric type in little-endian storage.
public final class Elements {
    /// Unaligned little-endian float32.
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Unaligned little-endian float64.
    public static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Unaligned little-endian int64.
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Unaligned little-endian int32.
    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Unaligned little-endian int16.
    public static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Elements() {}

    /// An element as a double; integers beyond 2^53 lose digits.
    public static double getDouble(ElementType element, MemorySegment bytes, long index) {
        return switch (element) {
            case FLOAT32 -> bytes.getAtIndex(FLOAT, index);
            case FLOAT64 -> bytes.getAtIndex(DOUBLE, index);
            case UINT64 -> unsignedToDouble(bytes.getAtIndex(LONG, index));
            case COMPLEX64, COMPLEX128, STRING -> throw new AssertionError(element + " is not a real number");
            default ->
                    element.isReal()
                            ? FloatFormat.of(element).decode(bits(element, bytes, index))
                            : getLong(element, bytes, index);
        };
    }

    /// Stores a double, rounded to the type (nearest, ties to even; towards zero and wrapped for integers).
    public static void setDouble(ElementType element, MemorySegment bytes, long index, double value) {
        switch (element) {
            case FLOAT32 -> bytes.setAtIndex(FLOAT, index, (float) value);
            case FLOAT64 -> bytes.setAtIndex(DOUBLE, index, value);
            case UINT64 -> bytes.setAtIndex(LONG, index, doubleToUnsigned(value));
            case COMPLEX64, COMPLEX128, STRING -> throw new AssertionError(element + " is not a real number");
            default ->
                    setBits(
                            element,
                            bytes,
                            index,
                            element.isReal() ? FloatFormat.of(element).encode(value) : (long) value);
        }
    }

    /// An element of an integer or boolean type; uint64 comes as its bits.
    public static long getLong(ElementType element, MemorySegment bytes, long index) {
        return element.wrap(bits(element, bytes, index));
    }

    /// Stores an integer or boolean, keeping its low bits.
    public static void setLong(ElementType element, MemorySegment bytes, long index, long value) {
        if (element.isReal()) {
            throw new AssertionError(element + " is not an integer type");
        }
        setBits(element, bytes, index, value);
    }

    /// The stored bits of an element of at most 64 bits, zero-extended.
    public static long bits(ElementType element, MemorySegment bytes, long index) {
        return switch (element.bits()) {
            case 64 -> bytes.getAtIndex(LONG, index);
            case 32 -> Integer.toUnsignedLong(bytes.getAtIndex(INT, index));
            case 16 -> Short.toUnsignedLong(bytes.getAtIndex(SHORT, index));
            case 8 -> Byte.toUnsignedLong(bytes.get(JAVA_BYTE, index));
            default -> packedBits(element.bits(), bytes, index);
        };
    }

    /// Stores the low bits of `value` as an element.
    public static void setBits(ElementType element, MemorySegment bytes, long index, long value) {
        switch (element.bits()) {
            case 64 -> bytes.setAtIndex(LONG, index, value);
            case 32 -> bytes.setAtIndex(INT, index, (int) value);
            case 16 -> bytes.setAtIndex(SHORT, index, (short) value);
            case 8 -> bytes.set(JAVA_BYTE, index, (byte) value);
            default -> setPackedBits(element.bits(), bytes, index, value);
        }
    }

    private static long packedBits(int width, MemorySegment bytes, long index) {
        long bit = index * width;
        return (Byte.toUnsignedLong(bytes.get(JAVA_BYTE, bit / 8)) >> (bit % 8)) & ((1 << width) - 1);
    }

    private static void setPackedBits(int width, MemorySegment bytes, long index, long value) {
        long bit = index * width;
        int shift = (int) (bit % 8);
        int mask = ((1 << width) - 1) << shift;
        int old = bytes.get(JAVA_BYTE, bit / 8);
        bytes.set(JAVA_BYTE, bit / 8, (byte) ((old & ~mask) | ((value << shift) & mask)));
    }

    /// A real number towards zero as the bits of an unsigned 64-bit integer.
    public static long doubleToUnsigned(double value) {
        return value >= 0x1p63 ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) value;
    }

    /// The number that the bits of an unsigned 64-bit integer stand for, rounded to a double.
    public static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }
}

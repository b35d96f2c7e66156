package dev.skive.runtime.dynamic;

import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.ByteTensor;
import dev.skive.runtime.DoubleTensor;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.IntTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.PackedTensor;
import dev.skive.runtime.ShortTensor;
import dev.skive.runtime.SmallFloat;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Elements of tensors of any kind, and tensors from them.
public final class Elements {
    private Elements() {}

    /// The elements as integers; booleans are 0 and 1, unsigned kinds are widened without sign, `u64` keeps its bits.
    ///
    /// @throws IllegalArgumentException when they are not integers or booleans
    public static long[] integers(Tensor tensor) {
        if (tensor instanceof PackedTensor packed) {
            return integers(ByteTensor.of(bytes(packed), packed.shape()));
        }
        var elements = new long[Math.toIntExact(tensor.count())];
        MemorySegment bytes = tensor.kind() == ElementKind.STRING ? MemorySegment.NULL : tensor.segment();
        for (int i = 0; i < elements.length; i++) {
            elements[i] =
                    switch (tensor.kind()) {
                        case I64, U64 -> bytes.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
                        case I32 -> bytes.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
                        case U32 -> Integer.toUnsignedLong(bytes.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i));
                        case I16 -> bytes.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
                        case U16 -> Short.toUnsignedLong(bytes.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
                        case I8 -> bytes.get(ValueLayout.JAVA_BYTE, i);
                        case U8, BOOL -> Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, i));
                        default ->
                                throw new IllegalArgumentException("expected integers, found " + tensor.kind().text());
                    };
        }
        return elements;
    }

    /// The elements as doubles: real ones exactly, integers rounded when they have more than 53 bits.
    ///
    /// @throws IllegalArgumentException when they are not numbers
    public static double[] reals(Tensor tensor) {
        var elements = new double[Math.toIntExact(tensor.count())];
        switch (tensor) {
            case FloatTensor floats -> {
                float[] values = floats.values();
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = values[i];
                }
            }
            case DoubleTensor doubles -> System.arraycopy(doubles.values(), 0, elements, 0, elements.length);
            case ShortTensor shorts when shorts.kind() == ElementKind.F16 -> {
                short[] values = shorts.values();
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = Float.float16ToFloat(values[i]);
                }
            }
            case ShortTensor shorts when shorts.kind() == ElementKind.BF16 -> {
                short[] values = shorts.values();
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = Float.intBitsToFloat(values[i] << 16);
                }
            }
            case ByteTensor bytes when bytes.kind() != ElementKind.I8 && bytes.kind() != ElementKind.U8 ->
                    decode(SmallFloat.valueOf(bytes.kind().name()), bytes.values(), elements);
            case PackedTensor packed when packed.kind() == ElementKind.F4E2M1 ->
                    decode(SmallFloat.F4E2M1, bytes(packed), elements);
            default -> {
                long[] integers = integers(tensor);
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = tensor.kind() == ElementKind.U64 ? unsigned(integers[i]) : (double) integers[i];
                }
            }
        }
        return elements;
    }

    private static void decode(SmallFloat format, byte[] bits, double[] elements) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = format.decode(bits[i]);
        }
    }

    /// Packed elements, one per byte.
    private static byte[] bytes(PackedTensor packed) {
        var bytes = new byte[Math.toIntExact(packed.count())];
        packed.copyTo(bytes, 0);
        return bytes;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    /// A tensor of real numbers, each rounded to its kind.
    public static Tensor ofReals(ElementKind kind, double[] elements, long... shape) {
        return switch (kind) {
            case F32 -> {
                var values = new float[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) elements[i];
                }
                yield FloatTensor.of(values, shape);
            }
            case F64 -> DoubleTensor.of(elements, shape);
            case F16, BF16 -> {
                var values = new short[elements.length];
                for (int i = 0; i < values.length; i++) {
                    float single = (float) elements[i];
                    values[i] = kind == ElementKind.F16 ? Float.floatToFloat16(single) : bfloat16(single);
                }
                yield ShortTensor.of(kind, values, shape);
            }
            default -> throw new IllegalArgumentException("expected a kind of real numbers, found " + kind.text());
        };
    }

    private static short bfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (Float.isNaN(value) ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /// A tensor of integers or booleans; elements that do not fit are cut off.
    public static Tensor ofIntegers(ElementKind kind, long[] elements, long... shape) {
        return switch (kind) {
            case I64, U64 -> LongTensor.of(kind, elements, shape);
            case I32, U32 -> {
                var values = new int[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (int) elements[i];
                }
                yield IntTensor.of(kind, values, shape);
            }
            case I16, U16 -> {
                var values = new short[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (short) elements[i];
                }
                yield ShortTensor.of(kind, values, shape);
            }
            case I8, U8, I4, U4, I2, U2 -> {
                var values = new byte[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (byte) elements[i];
                }
                yield kind.bits() < Byte.SIZE
                        ? PackedTensor.pack(kind, values, 0, shape)
                        : ByteTensor.of(kind, values, shape);
            }
            case BOOL -> {
                var values = new boolean[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = elements[i] != 0;
                }
                yield BooleanTensor.of(values, shape);
            }
            default -> throw new IllegalArgumentException("expected a kind of integers, found " + kind.text());
        };
    }

    /// A tensor over elements in memory, which is shared where elements may lie at any address and copied otherwise.
    ///
    /// @throws IllegalArgumentException for strings
    public static Tensor wrap(ElementKind kind, MemorySegment elements, long... shape) {
        return switch (kind) {
            case F32 -> FloatTensor.of(elements, shape);
            case F64 -> DoubleTensor.of(elements, shape);
            case I64, U64 -> LongTensor.of(kind, elements, shape);
            case I32, U32 -> IntTensor.of(kind, elements, shape);
            case I16, U16, F16, BF16 -> ShortTensor.of(kind, elements, shape);
            case I8, U8, F8E4M3FN, F8E4M3FNUZ, F8E5M2, F8E5M2FNUZ, F8E8M0 -> ByteTensor.of(kind, elements, shape);
            case I4, U4, I2, U2, F4E2M1 -> PackedTensor.of(kind, elements, shape);
            case BOOL -> BooleanTensor.of(elements, shape);
            default -> throw new IllegalArgumentException("no tensor class holds " + kind.text());
        };
    }

    /// The same elements with another shape.
    ///
    /// @throws IllegalArgumentException when it has another number of elements
    public static Tensor reshape(Tensor tensor, long... shape) {
        return tensor instanceof StringTensor strings
                ? StringTensor.of(strings.values(), shape)
                : wrap(tensor.kind(), tensor.segment(), shape);
    }

    /// A tensor of zeros, of `false` or of empty strings.
    public static Tensor empty(ElementKind kind, long... shape) {
        if (kind == ElementKind.STRING) {
            var strings = new String[Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            java.util.Arrays.fill(strings, "");
            return StringTensor.of(strings, shape);
        }
        long count = java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return wrap(kind, MemorySegment.ofArray(new byte[Math.toIntExact(kind.bytes(count))]), shape);
    }

    /// The elements at places in row-major order, as a tensor of a shape.
    public static Tensor pick(Tensor tensor, int[] places, long... shape) {
        if (tensor instanceof StringTensor strings) {
            var picked = new String[places.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = strings.values()[places[i]];
            }
            return StringTensor.of(picked, shape);
        }
        if (tensor instanceof PackedTensor packed) {
            byte[] picked = new byte[places.length];
            byte[] all = bytes(packed);
            for (int i = 0; i < picked.length; i++) {
                picked[i] = all[places[i]];
            }
            return PackedTensor.pack(packed.kind(), picked, 0, shape);
        }
        MemorySegment from = tensor.segment();
        return wrap(
                tensor.kind(),
                switch (tensor.kind().bits()) {
                    case Long.SIZE -> longs(from, places);
                    case Integer.SIZE -> ints(from, places);
                    case Short.SIZE -> shorts(from, places);
                    default -> bytes(from, places);
                },
                shape);
    }

    private static MemorySegment longs(MemorySegment from, int[] places) {
        var to = new long[places.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, places[i]);
        }
        return MemorySegment.ofArray(to);
    }

    private static MemorySegment ints(MemorySegment from, int[] places) {
        var to = new int[places.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, places[i]);
        }
        return MemorySegment.ofArray(to);
    }

    private static MemorySegment shorts(MemorySegment from, int[] places) {
        var to = new short[places.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, places[i]);
        }
        return MemorySegment.ofArray(to);
    }

    private static MemorySegment bytes(MemorySegment from, int[] places) {
        var to = new byte[places.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(ValueLayout.JAVA_BYTE, places[i]);
        }
        return MemorySegment.ofArray(to);
    }
}

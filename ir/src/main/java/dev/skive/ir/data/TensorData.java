package dev.skive.ir.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// A constant tensor. Its elements lie outside the Java heap (or in a mapped file), row-major, little-endian, in the
/// packing of ONNX `raw_data`; text elements are kept as strings. Equal when type, shape and bytes are equal.
public final class TensorData {
    private static final long HASHED_BYTES = 256;

    private final ElementType element;
    private final long[] sizes;
    private final MemorySegment bytes;
    private final ImmutableList<String> text;

    private TensorData(ElementType element, long[] sizes, MemorySegment bytes, ImmutableList<String> text) {
        this.element = element;
        this.sizes = sizes.clone();
        this.bytes = bytes.asReadOnly();
        this.text = text;
    }

    /// A constant over bytes that exist already, for example in a mapped file; they must not change afterwards.
    ///
    /// @throws IllegalArgumentException when the number of bytes does not fit type and sizes, or these are negative or
    ///     too large to count
    public static TensorData wrap(ElementType element, long[] sizes, MemorySegment bytes) {
        long expected = byteCount(element, sizes);
        if (element == ElementType.STRING || bytes.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "%s%s takes %d bytes, found %d"
                            .formatted(element, Arrays.toString(sizes), expected, bytes.byteSize()));
        }
        return new TensorData(element, sizes, bytes, ImmutableList.of());
    }

    /// A constant of strings.
    ///
    /// @throws IllegalArgumentException when the number of strings does not fit the sizes
    public static TensorData ofText(List<String> text, long... sizes) {
        checkCount(text.size(), sizes);
        return new TensorData(ElementType.STRING, sizes, MemorySegment.NULL, ImmutableList.copyOf(text));
    }

    /// A float32 constant.
    public static TensorData ofFloats(float[] values, long... sizes) {
        checkCount(values.length, sizes);
        var bytes = allocate(ElementType.FLOAT32, values.length);
        MemorySegment.copy(values, 0, bytes, Elements.FLOAT, 0, values.length);
        return wrap(ElementType.FLOAT32, sizes, bytes);
    }

    /// An int64 constant.
    public static TensorData ofLongs(long[] values, long... sizes) {
        checkCount(values.length, sizes);
        var bytes = allocate(ElementType.INT64, values.length);
        MemorySegment.copy(values, 0, bytes, Elements.LONG, 0, values.length);
        return wrap(ElementType.INT64, sizes, bytes);
    }

    /// A rank-0 constant of a real, integer or boolean type.
    public static TensorData scalar(ElementType element, double value) {
        return ofReals(element, new double[] {value});
    }

    /// A constant of any numeric type; each value is rounded to the type.
    ///
    /// @throws IllegalArgumentException when the number of values does not fit the sizes
    public static TensorData ofReals(ElementType element, double[] values, long... sizes) {
        checkCount(values.length, sizes);
        var bytes = allocate(element, values.length);
        for (int i = 0; i < values.length; i++) {
            Elements.setDouble(element, bytes, i, values[i]);
        }
        return wrap(element, sizes, bytes);
    }

    /// A constant of any integer or boolean type.
    ///
    /// @throws IllegalArgumentException when a value does not fit the type, or their number the sizes
    public static TensorData ofIntegers(ElementType element, long[] values, long... sizes) {
        checkCount(values.length, sizes);
        var bytes = allocate(element, values.length);
        for (int i = 0; i < values.length; i++) {
            if (element.wrap(values[i]) != values[i]) {
                throw new IllegalArgumentException(values[i] + " does not fit " + element);
            }
            Elements.setLong(element, bytes, i, values[i]);
        }
        return wrap(element, sizes, bytes);
    }

    /// Zeroed off-heap room for `count` elements, freed by the garbage collector.
    public static MemorySegment allocate(ElementType element, long count) {
        return Arena.ofAuto().allocate(element.bytes(count), 64);
    }

    private static long byteCount(ElementType element, long[] sizes) {
        try {
            return element.bytes(count(sizes));
        } catch (ArithmeticException error) {
            throw new IllegalArgumentException("sizes %s overflow 64 bits".formatted(Arrays.toString(sizes)), error);
        }
    }

    private static void checkCount(int found, long[] sizes) {
        if (found != count(sizes)) {
            throw new IllegalArgumentException(
                    "sizes %s hold %d elements, found %d".formatted(Arrays.toString(sizes), count(sizes), found));
        }
    }

    private static long count(long[] sizes) {
        if (LongStream.of(sizes).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("a size is negative: " + Arrays.toString(sizes));
        }
        return LongStream.of(sizes).reduce(1, Math::multiplyExact);
    }

    /// The element type.
    public ElementType element() {
        return element;
    }

    /// The type, with known sizes.
    public TensorType type() {
        return new TensorType(element, Shape.of(sizes));
    }

    /// Number of axes.
    public int rank() {
        return sizes.length;
    }

    /// The sizes, a copy.
    public long[] sizes() {
        return sizes.clone();
    }

    /// Number of elements.
    public long count() {
        return count(sizes);
    }

    /// The elements as stored, read-only; empty for strings.
    public MemorySegment bytes() {
        return bytes;
    }

    /// The elements of a string constant.
    public ImmutableList<String> text() {
        return text;
    }

    /// An element of a numeric constant as a double.
    public double getDouble(long index) {
        return Elements.getDouble(element, bytes, index);
    }

    /// An element of an integer or boolean constant.
    public long getLong(long index) {
        return Elements.getLong(element, bytes, index);
    }

    /// The elements of an integer or boolean constant.
    public long[] longs() {
        return LongStream.range(0, count()).map(this::getLong).toArray();
    }

    /// The elements of a real constant.
    public double[] doubles() {
        var values = new double[Math.toIntExact(count())];
        for (int i = 0; i < values.length; i++) {
            values[i] = getDouble(i);
        }
        return values;
    }

    /// The elements of a float32 constant.
    public float[] floats() {
        return bytes.toArray(Elements.FLOAT);
    }

    /// The same elements with other sizes.
    public TensorData reshape(long... other) {
        return element == ElementType.STRING ? ofText(text, other) : wrap(element, other, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof TensorData data
                        && element == data.element
                        && Arrays.equals(sizes, data.sizes)
                        && text.equals(data.text)
                        && sameBytes(data));
    }

    private boolean sameBytes(TensorData other) {
        boolean samePlace = bytes.isNative() && other.bytes.isNative() && bytes.address() == other.bytes.address();
        return samePlace || bytes.mismatch(other.bytes) == -1;
    }

    @Override
    public int hashCode() {
        int hash = 31 * element.hashCode() + Arrays.hashCode(sizes);
        long step = Math.max(1, bytes.byteSize() / HASHED_BYTES);
        for (long at = 0; at < bytes.byteSize(); at += step) {
            hash = 31 * hash + bytes.get(JAVA_BYTE, at);
        }
        return 31 * hash + text.hashCode();
    }

    @Override
    public String toString() {
        return type().toString();
    }
}

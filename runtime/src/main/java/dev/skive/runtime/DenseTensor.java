package dev.skive.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Set;
import java.util.StringJoiner;

/// Shape, storage and identity of every tensor class; the classes add only the element type.
abstract class DenseTensor {
    private static final int SHOWN_ELEMENTS = 8;
    private static final long HASHED_BYTES = 256;

    private final ElementKind kind;
    private final long[] shape;
    private final long count;
    private final MemorySegment segment;

    /// Takes the first bytes of a segment that may be larger than the shape needs.
    DenseTensor(ElementKind kind, MemorySegment values, long[] shape) {
        this.kind = kind;
        this.shape = shape.clone();
        this.count = count(this.shape);
        long bytes = kind.bytes(count);
        if (values.byteSize() < bytes) {
            throw wrongCount(kind, shape, values.byteSize() * 8 / kind.bits());
        }
        this.segment = values.asSlice(0, bytes);
    }

    /// The shape, when an array of a length fits it exactly.
    static long[] checked(ElementKind kind, int length, long[] shape) {
        if (count(shape) != length) {
            throw wrongCount(kind, shape, length);
        }
        return shape;
    }

    /// The length of an array for a shape.
    static int arrayLength(long[] shape) {
        long count = count(shape);
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "shape %s has %d elements, more than an array holds".formatted(Arrays.toString(shape), count));
        }
        return (int) count;
    }

    /// The kind, when the tensor class can hold it.
    static ElementKind checked(ElementKind kind, Set<ElementKind> allowed) {
        if (!allowed.contains(kind)) {
            throw new IllegalArgumentException("expected one of %s, found %s".formatted(allowed, kind));
        }
        return kind;
    }

    private static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
            }
            if (Math.multiplyHigh(count, size) != 0 || count * size < 0) {
                throw new IllegalArgumentException("too many elements in shape " + Arrays.toString(shape));
            }
            count *= size;
        }
        return count;
    }

    private static IllegalArgumentException wrongCount(ElementKind kind, long[] shape, long found) {
        return new IllegalArgumentException(
                "%s%s takes %d elements, found %d".formatted(kind.text(), Arrays.toString(shape), count(shape), found));
    }

    /// The sizes of all axes, as a copy.
    public final long[] shape() {
        return shape.clone();
    }

    /// The number of axes; 0 for a scalar.
    public final int rank() {
        return shape.length;
    }

    /// The size of one axis.
    ///
    /// @throws IndexOutOfBoundsException when there is no such axis
    public final long size(int axis) {
        if (axis < 0 || axis >= shape.length) {
            throw new IndexOutOfBoundsException("axis %d of shape %s".formatted(axis, Arrays.toString(shape)));
        }
        return shape[axis];
    }

    /// The number of elements.
    public final long count() {
        return count;
    }

    /// What the elements are.
    public final ElementKind kind() {
        return kind;
    }

    /// The elements in native byte order, exactly as many bytes as they take.
    public final MemorySegment segment() {
        return segment;
    }

    /// The position in row-major order of the element at an index.
    final long position(long[] index) {
        if (index.length != shape.length) {
            throw outside(index);
        }
        long position = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw outside(index);
            }
            position = position * shape[axis] + index[axis];
        }
        return position;
    }

    private IndexOutOfBoundsException outside(long[] index) {
        return new IndexOutOfBoundsException(
                "index %s of shape %s".formatted(Arrays.toString(index), Arrays.toString(shape)));
    }

    /// The array that the elements lie in, perhaps among others, or the segment when it is not on the heap.
    final Object backing() {
        return segment.heapBase().orElse(segment);
    }

    /// The text of the element at a position in row-major order.
    abstract String element(long position);

    @Override
    public final boolean equals(Object other) {
        return other instanceof DenseTensor that
                && kind == that.kind
                && Arrays.equals(shape, that.shape)
                && segment.mismatch(that.segment) == -1;
    }

    /// From shape, kind and the first bytes.
    @Override
    public final int hashCode() {
        var first = segment.asSlice(0, Math.min(segment.byteSize(), HASHED_BYTES));
        return 31 * Arrays.hashCode(shape)
                + kind.text().hashCode()
                + Arrays.hashCode(first.toArray(ValueLayout.JAVA_BYTE));
    }

    /// Kind, shape and the first elements.
    @Override
    public final String toString() {
        var elements = new StringJoiner(", ", "{", count > SHOWN_ELEMENTS ? ", ...}" : "}");
        for (long i = 0; i < Math.min(count, SHOWN_ELEMENTS); i++) {
            elements.add(element(i));
        }
        return kind.text() + Arrays.toString(shape) + " " + elements;
    }
}

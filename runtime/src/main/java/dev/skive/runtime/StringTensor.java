package dev.skive.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A tensor of strings.
public final class StringTensor implements Tensor {
    private final String[] values;
    private final long[] shape;

    private StringTensor(String[] values, long[] shape) {
        this.values = values;
        this.shape = shape.clone();
    }

    /// A tensor over an array, which is shared, not copied.
    ///
    /// @throws IllegalArgumentException when the array does not have as many elements as the shape
    public static StringTensor of(String[] values, long... shape) {
        return new StringTensor(values, DenseTensor.checked(ElementKind.STRING, values.length, shape));
    }

    /// The array that this tensor shares.
    public String[] values() {
        return values;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public int rank() {
        return shape.length;
    }

    @Override
    public long size(int axis) {
        return shape[axis];
    }

    @Override
    public long count() {
        return values.length;
    }

    @Override
    public ElementKind kind() {
        return ElementKind.STRING;
    }

    /// Strings do not lie in memory as elements of one size.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public MemorySegment segment() {
        throw new UnsupportedOperationException("a tensor of strings has no segment; use values()");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StringTensor that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "string" + Arrays.toString(shape) + " " + Arrays.toString(values);
    }
}

package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/// A tensor during evaluation, on the heap: real elements as doubles, integers and booleans as longs, text as strings,
/// row-major. Exactly one of the arrays is used. The arrays are shared, not copied; whoever holds a tensor must not
/// write to them.
public final class Tensor implements Datum {
    private static final double[] NO_REALS = {};
    private static final long[] NO_INTEGERS = {};

    private final ElementType element;
    private final long[] sizes;
    private final double[] reals;
    private final long[] integers;
    private final ImmutableList<String> text;

    private Tensor(ElementType element, long[] sizes, double[] reals, long[] integers, ImmutableList<String> text) {
        this.element = element;
        this.sizes = sizes.clone();
        this.reals = reals;
        this.integers = integers;
        this.text = text;
        int expected = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        int found = Math.max(Math.max(reals.length, integers.length), text.size());
        if (expected != found) {
            throw new AssertionError(
                    "%s%s has %d elements, found %d".formatted(element, Arrays.toString(sizes), expected, found));
        }
    }

    /// A tensor of real elements.
    public static Tensor ofReals(ElementType element, double[] values, long... sizes) {
        if (!element.isReal()) {
            throw new AssertionError(element + " is not real");
        }
        return new Tensor(element, sizes, values, NO_INTEGERS, ImmutableList.of());
    }

    /// A tensor of integers or booleans.
    public static Tensor ofIntegers(ElementType element, long[] values, long... sizes) {
        if (!element.isInteger() && element != ElementType.BOOL) {
            throw new AssertionError(element + " is not integer or boolean");
        }
        return new Tensor(element, sizes, NO_REALS, values, ImmutableList.of());
    }

    /// A tensor of strings.
    public static Tensor ofText(ImmutableList<String> text, long... sizes) {
        return new Tensor(ElementType.STRING, sizes, NO_REALS, NO_INTEGERS, text);
    }

    /// A tensor of zeros, of `false`, or of empty strings.
    public static Tensor zeros(ElementType element, long... sizes) {
        int count = Strides.count(sizes);
        return switch (element.kind()) {
            case REAL -> ofReals(element, new double[count], sizes);
            case SIGNED, UNSIGNED, BOOLEAN -> ofIntegers(element, new long[count], sizes);
            case TEXT -> ofText(ImmutableList.copyOf(Collections.nCopies(count, "")), sizes);
            case COMPLEX -> throw new AssertionError("complex tensors are not evaluated");
        };
    }

    /// Tensors one after the other along an axis; there must be one.
    ///
    /// @throws dev.skive.ir.SkiveException when they differ in another size or in element type
    public static Tensor concat(List<Tensor> parts, int axis) {
        Tensor first = parts.getFirst();
        long[] sizes = first.sizes();
        for (Tensor part : parts.subList(1, parts.size())) {
            long[] others = part.sizes();
            boolean fits = part.element == first.element && others.length == sizes.length;
            for (int i = 0; fits && i < sizes.length; i++) {
                fits = i == axis || sizes[i] == others[i];
            }
            Evaluation.check(fits, "%s and %s do not fit along axis %d", first, part, axis);
            sizes[axis] += others[axis];
        }
        int outer = Strides.count(Arrays.copyOf(sizes, axis));
        var all = new ConcatBuffer(first.element, Strides.count(sizes));
        for (int i = 0; i < outer; i++) {
            for (Tensor part : parts) {
                int run = part.count() / outer;
                all.add(part, i * run, run);
            }
        }
        return all.toTensor(sizes);
    }

    /// Tensors of one type one after the other along a new first axis; there must be one.
    public static Tensor stack(List<Tensor> slices) {
        return concat(
                slices.stream()
                        .map(slice ->
                                slice.reshape(
                                        LongStream.concat(LongStream.of(1), Arrays.stream(slice.sizes)).toArray()))
                        .toList(),
                0);
    }

    /// Elements of several tensors in a row.
    private static final class ConcatBuffer {
        private final ElementType element;
        private final double[] reals;
        private final long[] integers;
        private final ImmutableList.Builder<String> text = ImmutableList.builder();
        private int end;

        private ConcatBuffer(ElementType element, int count) {
            this.element = element;
            this.reals = new double[element.isReal() ? count : 0];
            this.integers = new long[element.isReal() || element == ElementType.STRING ? 0 : count];
        }

        private void add(Tensor part, int from, int count) {
            if (element.isReal()) {
                System.arraycopy(part.reals, from, reals, end, count);
            } else if (element == ElementType.STRING) {
                text.addAll(part.text.subList(from, from + count));
            } else {
                System.arraycopy(part.integers, from, integers, end, count);
            }
            end += count;
        }

        private Tensor toTensor(long[] sizes) {
            return new Tensor(element, sizes, reals, integers, text.build());
        }
    }

    /// The elements of a constant.
    public static Tensor of(TensorData data) {
        return switch (data.element().kind()) {
            case REAL -> ofReals(data.element(), data.doubles(), data.sizes());
            case SIGNED, UNSIGNED, BOOLEAN -> ofIntegers(data.element(), data.longs(), data.sizes());
            case TEXT -> ofText(data.text(), data.sizes());
            case COMPLEX -> throw new AssertionError("complex tensors are not evaluated");
        };
    }

    /// This tensor as a constant.
    public TensorData toData() {
        return switch (element.kind()) {
            case REAL -> TensorData.ofReals(element, reals, sizes);
            case SIGNED, UNSIGNED, BOOLEAN -> TensorData.ofIntegers(element, integers, sizes);
            case TEXT -> TensorData.ofText(text, sizes);
            case COMPLEX -> throw new AssertionError("complex tensors are not evaluated");
        };
    }

    /// The element type.
    public ElementType element() {
        return element;
    }

    /// The type.
    public TensorType type() {
        return new TensorType(element, shape());
    }

    /// The sizes as a shape.
    public Shape shape() {
        return Shape.of(sizes);
    }

    /// The sizes, a copy.
    public long[] sizes() {
        return sizes.clone();
    }

    /// The size of an axis; a negative axis counts from the end.
    public int size(int axis) {
        return Math.toIntExact(sizes[axis < 0 ? axis + sizes.length : axis]);
    }

    /// Number of axes.
    public int rank() {
        return sizes.length;
    }

    /// Number of elements.
    public int count() {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }

    /// The elements of a real tensor; not to be written.
    public double[] reals() {
        return reals;
    }

    /// The elements of an integer or boolean tensor; not to be written.
    public long[] integers() {
        return integers;
    }

    /// The elements of a text tensor.
    public ImmutableList<String> text() {
        return text;
    }

    /// The same elements with other sizes.
    public Tensor reshape(long... other) {
        return new Tensor(element, other, reals, integers, text);
    }

    /// This tensor repeated to larger sizes, NumPy rules; itself when it has them.
    ///
    /// @throws dev.skive.ir.SkiveException when a size is neither 1 nor the larger one
    public Tensor broadcast(long... larger) {
        return Arrays.equals(sizes, larger) ? this : pick(Strides.broadcast(sizes, larger), larger);
    }

    /// The elements at `indexes`, in that order, as a tensor with these sizes.
    public Tensor pick(int[] indexes, long... pickedSizes) {
        return switch (element.kind()) {
            case REAL -> ofReals(element, Arrays.stream(indexes).mapToDouble(i -> reals[i]).toArray(), pickedSizes);
            case SIGNED, UNSIGNED, BOOLEAN ->
                    ofIntegers(element, Arrays.stream(indexes).mapToLong(i -> integers[i]).toArray(), pickedSizes);
            default ->
                    ofText(
                            Arrays.stream(indexes).mapToObj(text::get).collect(ImmutableList.toImmutableList()),
                            pickedSizes);
        };
    }

    /// Equal when element type, sizes and elements are equal; all NaNs count as one, zeros of different sign differ.
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && element == tensor.element
                && Arrays.equals(sizes, tensor.sizes)
                && Arrays.equals(reals, tensor.reals)
                && Arrays.equals(integers, tensor.integers)
                && text.equals(tensor.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(element, Arrays.hashCode(sizes), Arrays.hashCode(reals), Arrays.hashCode(integers), text);
    }

    @Override
    public String describe() {
        return type().toString();
    }

    @Override
    public String toString() {
        return type().toString();
    }
}

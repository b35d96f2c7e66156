package dev.skive.passes.rule.instance;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The elements of constants, changed.
final class ConstantData {
    private ConstantData() {}

    /// The same number everywhere.
    static Tensor filled(ElementType element, double number, long... sizes) {
        var numbers = new double[Strides.count(sizes)];
        Arrays.fill(numbers, number);
        return resized(TensorData.ofReals(ElementType.FLOAT64, numbers, numbers.length), element, sizes);
    }

    /// The elements of a constant in another type and number: the same number throughout stays that, others come round
    /// again.
    static Tensor resized(TensorData old, ElementType element, long... sizes) {
        int count = Strides.count(sizes);
        boolean isText = old.element() == ElementType.STRING || element == ElementType.STRING;
        boolean isComplex = element.kind() == ElementType.Kind.COMPLEX;
        if (isText || isComplex || old.count() == 0) {
            return Tensor.zeros(element, sizes);
        }
        IntStream places = IntStream.range(0, count).map(i -> i % Math.toIntExact(old.count()));
        if (element.isReal()) {
            return Tensor.of(TensorData.ofReals(element, places.mapToDouble(old::getDouble).toArray(), sizes));
        }
        return Tensor.ofIntegers(element, places.mapToLong(i -> element(old, element, i)).toArray(), sizes);
    }

    private static long element(TensorData old, ElementType element, int place) {
        long value = old.element().isReal() ? (long) old.getDouble(place) : old.getLong(place);
        return element == ElementType.BOOL ? (value == 0 ? 0 : 1) : element.wrap(value);
    }

    /// The tensor with one element replaced.
    static Tensor touched(Tensor tensor, RandomElements elements) {
        int count = tensor.count();
        if (count == 0 || !(tensor.element().isReal() || tensor.element().isInteger())) {
            return tensor;
        }
        int at = elements.random().nextInt(count);
        Tensor other = elements.tensor(tensor.element());
        if (tensor.element().isReal()) {
            double[] reals = tensor.reals().clone();
            reals[at] = other.reals()[0];
            return Tensor.ofReals(tensor.element(), reals, tensor.sizes());
        }
        long[] integers = tensor.integers().clone();
        integers[at] = other.integers()[0];
        return Tensor.ofIntegers(tensor.element(), integers, tensor.sizes());
    }
}

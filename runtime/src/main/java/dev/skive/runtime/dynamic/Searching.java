package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;

/// Operators that find as many elements as there are.
public final class Searching {
    private Searching() {}

    /// The places `[rank, count]` of the elements that are not zero, in row-major order.
    public static Tensor nonZero(Value value) {
        Tensor tensor = Control.tensor(value);
        boolean isReal =
                switch (tensor.kind()) {
                    case F32, F64, F16, BF16 -> true;
                    default -> false;
                };
        int[] places = isReal ? nonZero(Elements.reals(tensor)) : nonZero(Elements.integers(tensor));
        long[] sizes = tensor.shape();
        var result = new long[sizes.length * places.length];
        for (int i = 0; i < places.length; i++) {
            long rest = places[i];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                result[axis * places.length + i] = rest % sizes[axis];
                rest /= sizes[axis];
            }
        }
        return LongTensor.of(ElementKind.I64, result, sizes.length, places.length);
    }

    private static int[] nonZero(double[] elements) {
        return java.util.stream.IntStream.range(0, elements.length).filter(i -> elements[i] != 0).toArray();
    }

    private static int[] nonZero(long[] elements) {
        return java.util.stream.IntStream.range(0, elements.length).filter(i -> elements[i] != 0).toArray();
    }
}

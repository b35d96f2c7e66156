package dev.skive.ir.op;

import dev.skive.ir.eval.Tensor;
import java.util.Arrays;

/// Numbers of any type as doubles.
final class Quantities {
    private Quantities() {}

    /// The elements of a tensor, repeated to larger sizes.
    static double[] of(Tensor tensor, long[] sizes) {
        Tensor repeated = tensor.broadcast(sizes);
        return tensor.element().isReal()
                ? repeated.reals()
                : Arrays.stream(repeated.integers()).mapToDouble(x -> x).toArray();
    }
}

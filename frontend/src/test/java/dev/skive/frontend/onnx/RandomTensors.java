package dev.skive.frontend.onnx;

import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Random tensors and shapes for tests, from a seed.
public final class RandomTensors {
    private final Random random;

    /// A source of tensors.
    public RandomTensors(long seed) {
        this.random = new Random(seed);
    }

    /// The underlying random numbers.
    public Random random() {
        return random;
    }

    /// A float32 tensor with elements of a normal distribution.
    public Tensor floats(long... sizes) {
        return Tensor.ofReals(
                ElementType.FLOAT32,
                random.doubles(count(sizes)).map(_ -> (float) random.nextGaussian()).toArray(),
                sizes);
    }

    /// A float32 tensor with elements in a range.
    public Tensor floatsBetween(double low, double high, long... sizes) {
        return Tensor.ofReals(
                ElementType.FLOAT32,
                random.doubles(count(sizes), low, high).map(value -> (float) value).toArray(),
                sizes);
    }

    /// A tensor of integers or booleans from `low` (inclusive) to `high` (exclusive).
    public Tensor integers(ElementType element, long low, long high, long... sizes) {
        return Tensor.ofIntegers(element, random.longs(count(sizes), low, high).toArray(), sizes);
    }

    /// A shape that broadcasts with another: some sizes 1, some leading axes left out.
    public long[] broadcastable(List<Integer> shape) {
        long[] sizes = shape.stream().mapToLong(size -> random.nextInt(3) == 0 ? 1 : size).toArray();
        return Arrays.copyOfRange(sizes, sizes.length == 0 ? 0 : random.nextInt(sizes.length + 1), sizes.length);
    }

    /// Sizes as a model declares them: numbers or names.
    public static Object[] declared(boolean symbolic, String name, long... sizes) {
        var declared = new Object[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            declared[axis] = symbolic ? name + axis : (Object) sizes[axis];
        }
        return declared;
    }

    private static long count(long[] sizes) {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }
}

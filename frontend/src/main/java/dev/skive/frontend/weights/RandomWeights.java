package dev.skive.frontend.weights;

import com.google.common.hash.Hashing;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Tensors of made-up real numbers, for models without weights. A tensor depends on its name, its type and the seed, and on
/// nothing else. Numbers are uniform around 0, with a variance of 1 over all sizes but the largest, so that sums of products
/// with them neither grow nor shrink much.
public final class RandomWeights {
    private final long seed;
    private final Limits limits;
    private final Map<String, TensorData> made = new HashMap<>();
    private long bytes;

    /// Weights of a seed.
    public RandomWeights(long seed, Limits limits) {
        this.seed = seed;
        this.limits = limits;
    }

    /// A tensor.
    ///
    /// @param type its type, with known sizes
    /// @throws TypeError when elements are not real, or another type was wanted under this name before
    public TensorData tensor(String name, TensorType type) {
        TypeError.check(type.element().isReal(), "made-up weights are real numbers, not %s", type);
        TensorData data = made.computeIfAbsent(name, key -> make(key, type));
        TypeError.check(data.type().equals(type), "tensor '%s' is %s, expected %s", name, data.type(), type);
        return data;
    }

    private TensorData make(String name, TensorType type) {
        long[] sizes = type.shape().known();
        long count = count(sizes);
        long size = count > Long.MAX_VALUE / Byte.SIZE ? Long.MAX_VALUE : type.element().bytes(count);
        bytes = size > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + size;
        limits.require(Limit.MEMORY_BYTES, bytes, "made-up weights");
        long largest = 1;
        for (long axis : sizes) {
            largest = Math.max(largest, axis);
        }
        double bound = Math.sqrt(3.0 * largest / Math.max(1, count));
        long start = Hashing.sha256().newHasher().putLong(seed).putString(name, StandardCharsets.UTF_8).hash().asLong();
        var random = new SplittableRandom(start);
        MemorySegment elements = TensorData.allocate(type.element(), count);
        for (long i = 0; i < count; i++) {
            Elements.setDouble(type.element(), elements, i, (2 * random.nextDouble() - 1) * bound);
        }
        return TensorData.wrap(type.element(), sizes, elements);
    }

    private static long count(long[] sizes) {
        long count = 1;
        for (long size : sizes) {
            count = size != 0 && count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
        }
        return count;
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Arrays;
import java.util.Optional;

/// How many products of 8-bit integers `float32` can add, in any order, without rounding.
final class ExactSums {
    /// Every integer up to this magnitude is a `float32`.
    private static final long EXACT = 1L << 24;

    /// How far a number of 8 bits may be from another.
    private static final long FARTHEST = 255;

    private ExactSums() {}

    /// How far elements may be from their zero point.
    static long farthest(ElementType element, Optional<Value> zero) {
        long least = element.kind() == ElementType.Kind.SIGNED ? Byte.MIN_VALUE : 0;
        Optional<TensorData> known = zero.flatMap(ConstantFolding::fold).filter(data -> data.count() == 1);
        if (zero.isPresent() && known.isEmpty()) {
            return FARTHEST;
        }
        long point = known.map(data -> data.getLong(0)).orElse(0L);
        return Math.max(least + FARTHEST - point, point - least);
    }

    /// Where to cut the input channels of a weight `[m, c, k...]` so that the sums over each part are exact.
    ///
    /// @param most the greatest magnitude of what the weight is multiplied with
    /// @return the ends of the parts; none when not even one channel is exact, or sizes are open
    static ImmutableList<Integer> ends(Value weight, Optional<Value> zero, long most) {
        Shape shape = weight.shape();
        if (!shape.dims().stream().allMatch(Dim::isKnown)) {
            return ImmutableList.of();
        }
        int channels = Math.toIntExact(shape.dim(1).known());
        Optional<TensorData> weights = ConstantFolding.fold(weight);
        Optional<long[]> zeros =
                zero.isEmpty()
                        ? Optional.of(new long[] {0})
                        : zero.flatMap(ConstantFolding::fold).map(TensorData::longs);
        if (weights.isEmpty() || zeros.isEmpty() || weights.get().count() == 0) {
            long taps = shape.slice(2, shape.rank()).elementCount().known();
            long[][] any = new long[1][channels];
            Arrays.fill(any[0], taps * FARTHEST);
            return cut(any, channels, EXACT / most);
        }
        return cut(magnitudes(weights.get(), zeros.get(), channels), channels, EXACT / most);
    }

    /// The sum of magnitudes per output and input channel.
    private static long[][] magnitudes(TensorData weights, long[] zeros, int channels) {
        int outputs = Math.toIntExact(weights.sizes()[0]);
        var sums = new long[outputs][channels];
        long taps = weights.count() / outputs / channels;
        for (int output = 0; output < outputs; output++) {
            long zero = zeros[Math.min(output, zeros.length - 1)];
            for (int channel = 0; channel < channels; channel++) {
                long first = ((long) output * channels + channel) * taps;
                for (long i = first; i < first + taps; i++) {
                    sums[output][channel] += Math.abs(weights.getLong(i) - zero);
                }
            }
        }
        return sums;
    }

    private static ImmutableList<Integer> cut(long[][] magnitudes, int channels, long limit) {
        var ends = ImmutableList.<Integer>builder();
        var sums = new long[magnitudes.length];
        for (int channel = 0; channel < channels; channel++) {
            if (!isRoom(magnitudes, sums, channel, limit)) {
                ends.add(channel);
                sums = new long[magnitudes.length];
            }
            if (!isRoom(magnitudes, sums, channel, limit)) {
                return ImmutableList.of();
            }
            for (int output = 0; output < sums.length; output++) {
                sums[output] += magnitudes[output][channel];
            }
        }
        return ends.add(channels).build();
    }

    private static boolean isRoom(long[][] magnitudes, long[] sums, int channel, long limit) {
        for (int output = 0; output < sums.length; output++) {
            if (sums[output] + magnitudes[output][channel] > limit) {
                return false;
            }
        }
        return true;
    }
}

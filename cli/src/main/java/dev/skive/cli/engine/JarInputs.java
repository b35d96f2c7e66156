package dev.skive.cli.engine;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.runtime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Makes inputs for a compiled model, of which only the types are known: floats from -1 to 1, and ones for integers and
/// booleans, because a one is inside almost every table.
public final class JarInputs {
    private JarInputs() {}

    /// Values for all inputs.
    ///
    /// @param symbols the size of each symbol
    public static ImmutableMap<String, Tensor> make(List<TensorInfo> inputs, Map<String, Long> symbols, long seed) {
        var random = new Random(seed);
        return inputs.stream()
                .collect(ImmutableMap.toImmutableMap(TensorInfo::name, input -> make(input, symbols, random)));
    }

    private static Tensor make(TensorInfo input, Map<String, Long> symbols, RandomGenerator random) {
        ElementType element =
                ElementType.parse(input.kind().text())
                        .orElseThrow(() -> new AssertionError("unknown element type " + input));
        long[] sizes = input.dims().stream().mapToLong(dim -> size(dim, symbols)).toArray();
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        if (element.isReal()) {
            return Tensor.of(Tensor.ofReals(element, random.doubles(count, -1, 1).toArray(), sizes).toData());
        }
        var ones = new long[count];
        Arrays.fill(ones, 1);
        return Tensor.ofIntegers(element, ones, sizes);
    }

    private static long size(String dim, Map<String, Long> symbols) {
        return Optional.ofNullable(symbols.get(dim)).orElseGet(() -> Long.parseLong(dim));
    }
}

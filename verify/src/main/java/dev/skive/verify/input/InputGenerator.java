package dev.skive.verify.input;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Makes inputs a model accepts. The same seed gives the same inputs.
public final class InputGenerator {
    /// How real inputs are distributed.
    public enum Distribution {
        /// Mean 0, deviation 1.
        NORMAL,
        /// From -1 to 1.
        UNIFORM
    }

    private static final long NUMBERS = 10;

    private final Graph graph;
    private final ImmutableMap<String, InputKind> kinds;
    private final Distribution distribution;

    /// A generator for a graph.
    public InputGenerator(Graph graph, Distribution distribution) {
        this.graph = graph;
        this.kinds = new InputKinds(graph).byName();
        this.distribution = distribution;
    }

    /// A generator for a graph whose real inputs are normally distributed.
    public InputGenerator(Graph graph) {
        this(graph, Distribution.NORMAL);
    }

    /// What the inputs were found to be.
    public ImmutableMap<String, InputKind> kinds() {
        return kinds;
    }

    /// The types of the inputs, by name in order.
    public ImmutableMap<String, TensorType> types() {
        return graph.inputs().stream()
                .collect(ImmutableMap.toImmutableMap(value -> ((Input) value.node().op()).name(), Value::tensor));
    }

    /// Inputs for these values of the graph's symbols.
    ///
    /// @throws SkiveException when a symbol has no value or an input is of a type nothing can be made up for
    public ImmutableMap<String, Tensor> generate(Map<String, Long> sizes, Masks masks, long seed) {
        var random = new Random(seed);
        var prefixes = new Random(random.nextLong());
        long prefixSeed = prefixes.nextLong();
        var inputs = ImmutableMap.<String, Tensor>builder();
        types().forEach((name, type) -> {
            checkSymbols(name, type, sizes);
            long[] concrete = type.shape().evaluate(sizes);
            double[] values =
                    switch (kind(name)) {
                        case InputKind.Reals _ -> reals(count(concrete), random);
                        case InputKind.Mask _ -> mask(concrete, masks, new Random(prefixSeed));
                        case InputKind.Choice(long value) -> all(value, concrete);
                        case InputKind.Numbers _ -> below(NUMBERS, concrete, random);
                        case InputKind.Indices(var size) -> below(size.evaluate(sizes), concrete, random);
                    };
            inputs.put(name, tensor(name, type, values, concrete));
        });
        return inputs.buildOrThrow();
    }

    private InputKind kind(String name) {
        InputKind kind = kinds.get(name);
        if (kind == null) {
            throw new AssertionError("no kind for " + name);
        }
        return kind;
    }

    private static void checkSymbols(String name, TensorType type, Map<String, Long> sizes) {
        Set<String> missing = new TreeSet<>(Sets.difference(type.shape().symbols(), sizes.keySet()));
        if (!missing.isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "input '%s' is %s: give sizes for %s, given are %s".formatted(name, type, missing, sizes));
        }
    }

    private double[] reals(int count, Random random) {
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] =
                    switch (distribution) {
                        case NORMAL -> random.nextGaussian();
                        case UNIFORM -> 2 * random.nextDouble() - 1;
                    };
        }
        return values;
    }

    /// Ones at the start of each row along the last axis; masks of the same batch agree.
    private static double[] mask(long[] sizes, Masks masks, Random prefixes) {
        var values = new double[count(sizes)];
        int width = sizes.length == 0 ? 1 : Math.toIntExact(sizes[sizes.length - 1]);
        for (int start = 0; start < values.length; start += width) {
            int length = masks == Masks.FULL ? width : 1 + prefixes.nextInt(width);
            Arrays.fill(values, start, start + length, 1);
        }
        return values;
    }

    private static double[] below(long bound, long[] sizes, Random random) {
        int count = count(sizes);
        return count == 0 ? new double[0] : random.longs(count, 0, bound).asDoubleStream().toArray();
    }

    private static double[] all(long value, long[] sizes) {
        var values = new double[count(sizes)];
        Arrays.fill(values, (double) value);
        return values;
    }

    private static Tensor tensor(String name, TensorType type, double[] values, long[] sizes) {
        return switch (type.element().kind()) {
            case REAL -> Tensor.of(Tensor.ofReals(type.element(), values, sizes).toData());
            case SIGNED, UNSIGNED ->
                    Tensor.ofIntegers(
                            type.element(),
                            Arrays.stream(values).mapToLong(value -> type.element().wrap((long) value)).toArray(),
                            sizes);
            case BOOLEAN ->
                    Tensor.ofIntegers(
                            type.element(), Arrays.stream(values).mapToLong(value -> (long) value).toArray(), sizes);
            default ->
                    throw new SkiveException(
                            ExitCode.USAGE,
                            "input '%s' is %s: give a value for it, none can be made up".formatted(name, type));
        };
    }

    private static int count(long[] sizes) {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }
}

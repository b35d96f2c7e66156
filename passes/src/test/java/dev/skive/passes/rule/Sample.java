package dev.skive.passes.rule;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/// A small graph in the making, random but for its form. Its sizes are small, some of them symbols.
public final class Sample {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    private final Random random;
    private final ElementType real;
    private final boolean special;
    private final GraphBuilder builder = new GraphBuilder("sample");
    private final Map<String, Long> symbols = new HashMap<>();
    private int inputs;

    /// A sample whose floating-point elements have the type `real` and are `special` (infinite, NaN, denormal) at times.
    public Sample(long seed, ElementType real, boolean special) {
        this.random = new Random(seed);
        this.real = real;
        this.special = special;
    }

    /// The floating-point type.
    public ElementType real() {
        return real;
    }

    /// A number in `[from, to]`.
    public int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    /// One of the two, at random.
    public boolean coin() {
        return random.nextBoolean();
    }

    /// A random small size, known or a symbol.
    public Dim size() {
        long size = between(1, 4);
        if (coin()) {
            return Dim.of(size);
        }
        String name = "n" + symbols.size();
        symbols.put(name, size);
        return Dim.symbol(name);
    }

    /// A random shape of this rank.
    public Shape shape(int rank) {
        return Shape.of(LongStream.range(0, rank).mapToObj(i -> size()).toList());
    }

    /// A floating-point input.
    public Value input(Shape shape) {
        return input(real, shape);
    }

    /// A floating-point input of known sizes.
    public Value input(long... sizes) {
        return input(Shape.of(sizes));
    }

    /// An input.
    public Value input(ElementType element, Shape shape) {
        return builder.input("x" + inputs++, new TensorType(element, shape));
    }

    /// An integer constant with elements in `[0, limit)`.
    public Value ids(int limit, long... sizes) {
        long[] values = random.longs(count(sizes), 0, limit).toArray();
        return constant(TensorData.ofLongs(values, sizes));
    }

    /// A constant of this number in this type.
    public Value number(ElementType element, double value, long... sizes) {
        var values = new double[count(sizes)];
        Arrays.fill(values, value);
        return constant(
                element.isReal()
                        ? TensorData.ofReals(element, values, sizes)
                        : TensorData.ofIntegers(
                                element, Arrays.stream(values).mapToLong(v -> (long) v).toArray(), sizes));
    }

    /// A floating-point number.
    public Value number(double value) {
        return number(real, value);
    }

    /// A floating-point constant with random elements.
    public Value weight(long... sizes) {
        return constant(TensorData.ofReals(real, reals(count(sizes)), sizes));
    }

    private Value constant(TensorData data) {
        return builder.constant(Origin.of("weight"), data);
    }

    /// Applies an operator.
    public Value add(Op op, Value... operands) {
        return builder.add(Origin.of(op.mnemonic()), op, operands);
    }

    /// Applies a commutative operator, its operands in random order.
    public Value addEither(Op op, Value a, Value b) {
        return coin() ? add(op, a, b) : add(op, b, a);
    }

    /// The graph of some values.
    public Graph graph(Value... outputs) {
        for (int i = 0; i < outputs.length; i++) {
            builder.output("y" + i, outputs[i]);
        }
        return builder.build();
    }

    /// Random values for the inputs of the graph.
    public Map<String, Tensor> values(Graph graph) {
        var values = new HashMap<String, Tensor>();
        for (Value value : graph.inputs()) {
            var input = (Input) value.node().op();
            var type = (TensorType) input.type();
            values.put(input.name(), tensor(type.element(), type.shape().evaluate(symbols)));
        }
        return values;
    }

    private Tensor tensor(ElementType element, long[] sizes) {
        int count = count(sizes);
        return switch (element.kind()) {
            case REAL -> Tensor.ofReals(element, rounded(element, reals(count)), sizes);
            case BOOLEAN -> Tensor.ofIntegers(element, random.longs(count, 0, 2).toArray(), sizes);
            default -> Tensor.ofIntegers(element, random.longs(count, 0, 3).toArray(), sizes);
        };
    }

    private static double[] rounded(ElementType element, double[] values) {
        return Tensor.of(TensorData.ofReals(element, values, values.length)).reals();
    }

    private double[] reals(int count) {
        return random.doubles(count)
                .map(value ->
                        special && random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : 4 * value - 2)
                .toArray();
    }

    private static int count(long[] sizes) {
        return (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }
}

package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// A graph under construction together with the ranges its inputs are drawn from, all from one seed.
public final class RandomCase {
    private final Random random;
    private final GraphBuilder builder = new GraphBuilder("random");
    private final Map<String, Range> ranges = new LinkedHashMap<>();
    private int names;

    private record Range(TensorType type, double from, double to) {}

    /// A case without nodes.
    public RandomCase(long seed) {
        this.random = new Random(seed);
    }

    /// The source of randomness.
    public Random random() {
        return random;
    }

    /// One of some choices.
    @SafeVarargs
    public final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// A number from `from` to `to`, both included.
    public int from(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    /// An input of any type whose elements lie in `[from, to)`.
    public Value input(ElementType element, Shape shape, double from, double to) {
        String name = "x" + ranges.size();
        var type = new TensorType(element, shape);
        ranges.put(name, new Range(type, from, to));
        return builder.input(name, type);
    }

    /// A float32 input with elements in (-2, 2).
    public Value floats(Dim... dims) {
        return input(ElementType.FLOAT32, Shape.of(dims), -2, 2);
    }

    /// A float32 input with elements in (-2, 2).
    public Value floats(long... sizes) {
        return input(ElementType.FLOAT32, Shape.of(sizes), -2, 2);
    }

    /// A float32 constant with elements in (-1, 1).
    public Value constant(long... sizes) {
        return constant(draw(new Range(new TensorType(ElementType.FLOAT32, Shape.of(sizes)), -1, 1), sizes).toData());
    }

    /// A constant.
    public Value constant(TensorData data) {
        return builder.constant(origin(), data);
    }

    /// Applies an operator.
    public Value apply(Op op, Value... operands) {
        return builder.add(origin(), op, operands);
    }

    /// Makes a value an output, with the operator in its name.
    public void output(Value value) {
        builder.output("y" + names++ + " " + value.node().op(), value);
    }

    /// Applies an operator and makes the result an output.
    public void outputOf(Op op, Value... operands) {
        output(apply(op, operands));
    }

    /// True when an operator takes operands of these types.
    public boolean accepts(Op op, Value... operands) {
        try {
            builder.add(Origin.of("refused"), op, operands);
            return true;
        } catch (SkiveException refused) {
            return false;
        }
    }

    private Origin origin() {
        return Origin.of("n" + names++);
    }

    /// The graph.
    public Graph graph() {
        return builder.build();
    }

    /// Inputs for these sizes.
    public ImmutableMap<String, Tensor> inputs(Map<String, Long> symbols) {
        var inputs = ImmutableMap.<String, Tensor>builder();
        ranges.forEach((name, range) -> inputs.put(name, draw(range, range.type.shape().evaluate(symbols))));
        return inputs.buildOrThrow();
    }

    private Tensor draw(Range range, long[] sizes) {
        ElementType element = range.type.element();
        double[] drawn = random.doubles(Strides.count(sizes), range.from, range.to).toArray();
        if (element.isReal()) {
            return Tensor.ofReals(element, Arrays.stream(drawn).map(x -> round(element, x)).toArray(), sizes);
        }
        long[] integers = Arrays.stream(drawn).mapToLong(x -> element.wrap((long) Math.floor(x))).toArray();
        return Tensor.ofIntegers(element, integers, sizes);
    }

    private static double round(ElementType element, double x) {
        return switch (element) {
            case FLOAT64 -> x;
            case FLOAT32 -> (float) x;
            default -> FloatFormat.of(element).round(x);
        };
    }
}

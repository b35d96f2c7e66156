package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Random small graphs that are well typed by construction: float32 values of shape `[rows, width]` with a symbolic
/// number of rows, joined by operators of every family. The same seed gives the same graph.
public final class RandomGraphs {
    /// The symbol of the number of rows.
    public static final String ROWS = "rows";

    private static final int MAXIMUM_STEPS = 12;
    private static final int MAXIMUM_WIDTH = 5;
    private static final int KINDS = 14;

    private final Random random;
    private final GraphBuilder builder = new GraphBuilder("random");
    private final List<Value> values = new ArrayList<>();
    private int names;

    private RandomGraphs(long seed) {
        this.random = new Random(seed);
    }

    /// Random graphs; jqwik prints the seed of a failure.
    public static Arbitrary<Graph> graphs() {
        return seeds().map(RandomGraphs::graph);
    }

    /// Seeds for [#graph], when a property wants to name the graph by its seed.
    public static Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    /// The graph of a seed.
    public static Graph graph(long seed) {
        return new RandomGraphs(seed).build();
    }

    /// Standard normal values for the inputs of such a graph.
    public static ImmutableMap<String, Tensor> inputs(Graph graph, long rows, long seed) {
        var random = new Random(seed);
        var inputs = ImmutableMap.<String, Tensor>builder();
        for (Value input : graph.inputs()) {
            long[] sizes = input.shape().evaluate(Map.of(ROWS, rows));
            int count = Math.toIntExact(sizes[0] * sizes[1]);
            double[] elements = random.doubles(count).map(x -> (float) (4 * x - 2)).toArray();
            var op = (dev.skive.ir.op.Input) input.node().op();
            inputs.put(op.name(), Tensor.ofReals(ElementType.FLOAT32, elements, sizes));
        }
        return inputs.buildOrThrow();
    }

    private Graph build() {
        int inputs = 1 + random.nextInt(2);
        for (int i = 0; i < inputs; i++) {
            Shape shape = Shape.of(Dim.symbol(ROWS), Dim.of(width()));
            values.add(builder.input("x" + i, new TensorType(ElementType.FLOAT32, shape)));
        }
        int steps = 1 + random.nextInt(MAXIMUM_STEPS);
        for (int i = 0; i < steps; i++) {
            values.add(step(any()));
        }
        builder.output("last", values.getLast());
        builder.output("other", any());
        return builder.build();
    }

    private Value step(Value x) {
        int width = (int) x.shape().last().known();
        return switch (random.nextInt(KINDS)) {
            case 0 -> apply(new Tanh(), x);
            case 1 -> apply(new Gelu(random.nextBoolean() ? Gelu.Form.ERF : Gelu.Form.TANH), x);
            case 2 -> apply(new Softmax(random.nextInt(2)), x);
            case 3 -> apply(new LayerNorm(1, 1e-5), x, constant(width), constant(width));
            case 4 -> linear(x, width, width());
            case 5 -> apply(new MatMul(), x, constant(width, width()));
            case 6 -> apply(new Add(), x, like(x));
            case 7 -> apply(new Mul(), x, constant(width));
            case 8 -> apply(new Sub(), x, apply(new ReduceMean(ImmutableList.of(1), true), x));
            case 9 -> apply(new Max(), x, apply(new ReduceSum(ImmutableList.of(0), true), x));
            case 10 -> apply(new Concat(1), x, any());
            case 11 -> sliced(x, width);
            case 12 -> transposed(x, width);
            default -> apply(new Add(), like(x), builder.constant(origin(), TensorData.scalar(ElementType.FLOAT32, 1)));
        };
    }

    private Value linear(Value x, int from, int to) {
        return random.nextBoolean()
                ? apply(new Linear(), x, constant(from, to), constant(to))
                : apply(new Linear(), x, constant(from, to));
    }

    private Value sliced(Value x, int width) {
        int start = random.nextInt(width);
        return apply(Slice.along(x.shape(), 1, Dim.of(start), Dim.of(width - start)), x);
    }

    /// Moves the columns to the front and back again, with the rows split off in between.
    private Value transposed(Value x, int width) {
        Value columns = apply(new Transpose(ImmutableList.of(1, 0)), x);
        var split = new Reshape(ImmutableList.of(Dim.of(width), Dim.ONE, Dim.symbol(ROWS)));
        Value back = apply(new Transpose(ImmutableList.of(2, 1, 0)), apply(split, columns));
        return apply(new Reshape(ImmutableList.of(Dim.symbol(ROWS), Dim.of(width))), back);
    }

    /// Another value of the type of `x`, or `x` itself.
    private Value like(Value x) {
        List<Value> same = values.stream().filter(value -> value.type().equals(x.type())).toList();
        return same.isEmpty() ? x : same.get(random.nextInt(same.size()));
    }

    private Value any() {
        return values.get(random.nextInt(values.size()));
    }

    private int width() {
        return 1 + random.nextInt(MAXIMUM_WIDTH);
    }

    private Value constant(int... sizes) {
        long[] all = java.util.Arrays.stream(sizes).asLongStream().toArray();
        int count = java.util.Arrays.stream(sizes).reduce(1, Math::multiplyExact);
        double[] elements = random.doubles(count).map(x -> 2 * x - 1).toArray();
        return builder.constant(origin(), TensorData.ofReals(ElementType.FLOAT32, elements, all));
    }

    private Value apply(Op op, Value... operands) {
        return builder.add(origin(), op, operands);
    }

    private Origin origin() {
        return Origin.of("n" + names++);
    }
}

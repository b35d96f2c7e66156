package dev.skive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.codegen.differential.Tensors;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.If;
import dev.skive.ir.op.KeyPlaces;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.PairProbabilities;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Models whose course, or whose sizes, depend on data.
final class ProgramTest {
    private static final Origin HERE = Origin.of("here");
    private static final TensorType ROW = new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol("n")));
    private static final TensorType NUMBER = new TensorType(ElementType.INT64, Shape.SCALAR);
    private static final TensorType TRUTH = new TensorType(ElementType.BOOL, Shape.SCALAR);

    private static void check(Graph graph, Map<String, Tensor> inputs) throws IOException {
        Map<String, Tensor> expected = new Interpreter(Precision.DECLARED).run(graph, inputs);
        var compiled =
                new ModelLoader.Compiled(Codegen.generate(graph, CodegenOptions.of("generated.program", "Tested")));
        for (InstructionSet set : new InstructionSet[] {InstructionSet.VECTOR, InstructionSet.SCALAR}) {
            try (var model = compiled.load(new ModelOptions(2, set))) {
                for (int run = 0; run < 2; run++) {
                    model.run(Tensors.toRuntime(inputs))
                            .forEach((name, tensor) ->
                                    assertThat(Tensors.fromRuntime(tensor)).as(name).isEqualTo(expected.get(name)));
                }
            }
        }
    }

    private static Tensor row(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }

    /// A size that a run tells is the size of what comes after, even where no value leads there.
    @Test
    void sizesFromData() throws IOException {
        var builder = new GraphBuilder("sizes");
        Value x = builder.input("x", ROW);
        Value places = builder.add(HERE, new NonZero("count"), builder.add(HERE, new Relu(), x));
        Dim count = Dim.symbol("count");
        Value flat = builder.add(HERE, new Reshape(ImmutableList.of(count)), places);
        builder.output("found", builder.add(HERE, new Gather(0), x, flat));
        Value one = builder.constant(HERE, TensorData.scalar(ElementType.FLOAT32, 1));
        builder.output("ones", builder.add(HERE, new Expand(ImmutableList.of(count.times(2))), one));
        builder.output("places", places);
        builder.output("transposed", builder.add(HERE, new Transpose(ImmutableList.of(1, 0)), places));
        Graph graph = builder.build();
        check(graph, Map.of("x", row(1, -1, 0, 2, 3)));
        check(graph, Map.of("x", row(-1)));
        check(graph, Map.of("x", row()));
    }

    @Test
    void sizesWithoutTheirValue() throws IOException {
        var builder = new GraphBuilder("ones");
        Value x = builder.input("x", ROW);
        builder.add(HERE, new NonZero("count"), x);
        Value one = builder.constant(HERE, TensorData.scalar(ElementType.FLOAT32, 1));
        builder.output("ones", builder.add(HERE, new Expand(ImmutableList.of(Dim.symbol("count"))), one));
        check(builder.build(), Map.of("x", row(1, -1, 0, 2, 3)));
    }

    @Test
    void branches() throws IOException {
        var yes = new GraphBuilder("twice");
        Value twice = yes.input("y", ROW);
        yes.output("result", yes.add(HERE, new Add(), twice, twice));
        var no = new GraphBuilder("head");
        Value all = no.input("z", ROW);
        Slice head = new Slice(ImmutableList.of(Dim.ZERO), ImmutableList.of(Dim.ONE), ImmutableList.of(1L));
        no.output("result", no.add(HERE, head, all));
        var builder = new GraphBuilder("branches");
        Value x = builder.input("x", ROW);
        Value condition = builder.input("condition", TRUTH);
        ImmutableList<Type> types = ImmutableList.of(ROW.withShape(Shape.of(Dim.symbol("m"))));
        var op = new If(new Body(yes.build(), ImmutableList.of(1)), new Body(no.build(), ImmutableList.of(1)), types);
        Value result = builder.add(HERE, op, condition, x);
        builder.output("result", builder.add(HERE, new Mul(), result, result));
        Graph graph = builder.build();
        for (long chosen = 0; chosen < 2; chosen++) {
            check(
                    graph,
                    Map.of("x", row(1, 2, 3), "condition", Tensor.ofIntegers(ElementType.BOOL, new long[] {chosen})));
        }
    }

    @Test
    void loops() throws IOException {
        var body = new GraphBuilder("body");
        Value trip = body.input("trip", NUMBER);
        body.input("goes on", TRUTH);
        Value state = body.input("state", ROW);
        Value step = body.input("step", ROW);
        Value next = body.add(HERE, new Add(), state, step);
        Value limit = body.constant(HERE, TensorData.scalar(ElementType.INT64, 3));
        body.output("on", body.add(HERE, new Less(), trip, limit));
        body.output("next", next);
        body.output("scanned", next);
        var builder = new GraphBuilder("loops");
        Value trips = builder.input("trips", NUMBER);
        Value x = builder.input("x", ROW);
        ImmutableList<Type> types =
                ImmutableList.of(ROW, ROW.withShape(Shape.of(Dim.symbol("iterations"), Dim.symbol("n"))));
        var op = new Loop(new Body(body.build(), ImmutableList.of(3)), 1, types);
        var node = builder.addNode(HERE, op, ImmutableList.of(trips, Value.ABSENT, x, x));
        builder.output("last", builder.add(HERE, new Relu(), node.result(0)));
        builder.output("all", node.result(1));
        Graph graph = builder.build();
        for (long count : new long[] {0, 1, 2, 10}) {
            check(
                    graph,
                    ImmutableMap.of("x", row(1, 2), "trips", Tensor.ofIntegers(ElementType.INT64, new long[] {count})));
        }
    }

    /// Text, numbers with NaN and zeros of both signs as keys, none of them found, and nothing to look up.
    @Test
    void keys() throws IOException {
        var builder = new GraphBuilder("keys");
        Value words = builder.input("words", new TensorType(ElementType.STRING, Shape.of(Dim.symbol("w"))));
        Value reals = builder.input("reals", ROW);
        Value numbers = builder.input("numbers", new TensorType(ElementType.INT64, Shape.of(Dim.symbol("i"))));
        Value texts = builder.constant(HERE, TensorData.ofText(List.of("a", "", "ä\n", "a"), 4));
        Value floats = builder.constant(HERE, TensorData.ofFloats(new float[] {1, Float.NaN, -0f}, 3));
        Value longs = builder.constant(HERE, TensorData.ofLongs(new long[] {Long.MIN_VALUE, 7}, 2));
        builder.output("wordPlaces", builder.add(HERE, new KeyPlaces(), words, texts));
        builder.output("realPlaces", builder.add(HERE, new KeyPlaces(), reals, floats));
        builder.output("numberPlaces", builder.add(HERE, new KeyPlaces(), numbers, longs));
        Graph graph = builder.build();
        check(
                graph,
                Map.of(
                        "words",
                        Tensor.ofText(ImmutableList.of("", "b", "ä\n", "a"), 4),
                        "reals",
                        row(Double.NaN, 0, -0.0, 2, 1),
                        "numbers",
                        Tensor.ofIntegers(ElementType.INT64, new long[] {7, 0, Long.MIN_VALUE}, 3)));
        Tensor none = Tensor.ofIntegers(ElementType.INT64, new long[0], 0);
        check(graph, Map.of("words", Tensor.ofText(ImmutableList.of(), 0), "reals", row(), "numbers", none));
    }

    @Test
    void pairProbabilities() throws IOException {
        for (int classes = 2; classes <= 5; classes++) {
            int pairs = classes * (classes - 1) / 2;
            var builder = new GraphBuilder("pairs");
            Shape shape = Shape.of(Dim.symbol("n"), Dim.of(pairs));
            Value x = builder.input("x", new TensorType(ElementType.FLOAT32, shape));
            builder.output("p", builder.add(HERE, new PairProbabilities(classes), x));
            Graph graph = builder.build();
            for (int rows : new int[] {0, 1, 4}) {
                double[] chances =
                        new Random(classes).doubles((long) rows * pairs).map(value -> (float) value).toArray();
                check(graph, Map.of("x", Tensor.ofReals(ElementType.FLOAT32, chances, rows, pairs)));
            }
        }
    }
}

package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.TopK;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphPrinterTest {
    private static final Dim ROWS = Dim.symbol("rows");

    @TempDir private Path folder;

    private final GraphBuilder builder = new GraphBuilder("g");
    private final Random random = new Random(5);
    private final Value x = builder.input("x", type(ROWS, Dim.of(4)));

    private static TensorType type(Dim... dims) {
        return new TensorType(ElementType.FLOAT32, Shape.of(dims));
    }

    private Value apply(String origin, Op op, Value... operands) {
        return builder.add(Origin.of(origin), op, operands);
    }

    private Value weight(String name, long... sizes) {
        double[] elements = random.doubles(Shape.of(sizes).elementCount().known()).toArray();
        return builder.constant(Origin.of(name), TensorData.ofReals(ElementType.FLOAT32, elements, sizes));
    }

    private String print() throws IOException {
        return new RoundTrip(folder).check(builder.build(), false);
    }

    @Test
    void oneStatementPerNodeAndSmallConstantsInFull() throws IOException {
        Value half = builder.constant(Origin.of("c"), TensorData.scalar(ElementType.FLOAT32, 0.5));
        Value scaled = apply("n0", new Mul(), x, half);
        builder.output("y", apply("n1", new Softmax(1), scaled));
        assertThat(print())
                .isEqualTo(
                        """
                        graph g(x: f32[rows, 4]) {
                          mul = Mul(x, f32[] { 0.5 })
                          softmax = Softmax(mul, axis=1)
                          return y = softmax
                        }
                        """);
    }

    @Test
    void largeConstantsAreNamedAndNameWhatTheyAreUsedIn() throws IOException {
        Value query = apply("n0", new Linear(), x, weight("h.0.query.weight", 4, 32), weight("h.0.query.bias", 32));
        builder.output("logits", apply("n1", new Add(), query, weight("onnx::Add_3", 3, 1, 32)));
        assertThat(print())
                .isEqualTo(
                        """
                        weights "model.safetensors"

                        graph g(x: f32[rows, 4]) {
                          query = Linear(x, weight("h.0.query.weight"), weight("h.0.query.bias"))
                          add = Add(query, weight("onnx::Add_3"))
                          return logits = add
                        }
                        """);
    }

    @Test
    void oddNamesStandInQuotes() throws IOException {
        Dim odd = Dim.symbol("a, b");
        Value input = builder.input("input:0", type(odd, Dim.symbol("in")));
        Value graph = builder.input("graph", type(odd.times(2).plus(1)));
        builder.output("", apply("n", new Relu(), input));
        builder.output("out \"1\"\n", graph);
        assertThat(print())
                .isEqualTo(
                        """
                        graph g(x: f32[rows, 4], input_0 "input:0": f32["a, b", "in"], graph_2 "graph": f32[2*"a, b"+1]) {
                          relu = Relu(input_0)
                          return "" = relu, "out \\"1\\"\\n" = graph_2
                        }
                        """);
    }

    @Test
    void equalLayersAreOneFunction() throws IOException {
        Value state = x;
        Value mask = apply("mask", new Tanh(), builder.input("mask", type(ROWS, Dim.ONE)));
        for (int i = 0; i < 3; i++) {
            Value hidden =
                    apply("h", new Relu(), apply("h", new Linear(), state, weight("h." + i + ".up.weight", 4, 8)));
            Value down = apply("d", new Linear(), hidden, weight("h." + i + ".down.weight", 8, 4));
            state = apply("s", new Add(), state, apply("m", new Mul(), down, mask));
        }
        builder.output("y", state);
        assertThat(print())
                .isEqualTo(
                        """
                        weights "model.safetensors"

                        fn h(x: f32[rows, 4], tanh: f32[rows, 1], up_weight: f32[4, 8], down_weight: f32[8, 4]) {
                          up = Linear(x, up_weight)
                          relu = Relu(up)
                          down = Linear(relu, down_weight)
                          mul = Mul(down, tanh)
                          add = Add(x, mul)
                          return add
                        }

                        graph g(x: f32[rows, 4], mask: f32[rows, 1]) {
                          tanh = Tanh(mask)
                          x_2 = h(x, tanh, weight("h.0.up.weight"), weight("h.0.down.weight"))
                          x_3 = h(x_2, tanh, weight("h.1.up.weight"), weight("h.1.down.weight"))
                          x_4 = h(x_3, tanh, weight("h.2.up.weight"), weight("h.2.down.weight"))
                          return y = x_4
                        }
                        """);
    }

    @Test
    void sizesThatNoTypeBindsAreParameters() throws IOException {
        Dim half = Dim.symbol("frames").floorDivide(2);
        Value state = builder.input("state", type(half, Dim.of(4)));
        for (int i = 0; i < 2; i++) {
            Value flat = apply("f", new Reshape(ImmutableList.of(half.times(4))), apply("t", new Tanh(), state));
            Value scaled = apply("s", new Mul(), flat, weight("s" + i));
            state = apply("b", new Reshape(ImmutableList.of(half, Dim.of(4))), scaled);
        }
        builder.output("y", state);
        assertThat(print())
                .contains(
                        "fn layer(frames: int, x: f32[floor(frames, 2), 4], w: f32[]) {",
                        "reshape = Reshape(tanh, dims=[4*floor(frames, 2)])",
                        "x_2 = layer(frames, state, f32[] {");
    }

    @Test
    void graphsWithinOperatorsSayWhatTheyTake() throws IOException {
        Value go = builder.input("go", new TensorType(ElementType.BOOL, Shape.SCALAR));
        builder.output(
                "y",
                apply(
                        "if",
                        new If(
                                branch(new Relu(), 1),
                                branch(new Tanh(), 2),
                                List.of(x.type()).stream().collect(ImmutableList.toImmutableList())),
                        go,
                        x,
                        x));
        assertThat(print())
                .isEqualTo(
                        """
                        graph g(x: f32[rows, 4], go: bool[]) {
                          if = If(
                            go,
                            x,
                            x,
                            yes=(inner: f32[rows, 4] = x) {
                              relu = Relu(inner)
                              return out = relu
                            },
                            no=(inner: f32[rows, 4] = 2) {
                              tanh = Tanh(inner)
                              return out = tanh
                            },
                            types=[f32[rows, 4]]
                          )
                          return y = if
                        }
                        """);
    }

    private Body branch(Op op, int capture) {
        var inner = new GraphBuilder("branch");
        Value captured = inner.input("inner", x.type());
        inner.output("out", inner.add(Origin.of("n"), op, captured));
        return new Body(inner.build(), ImmutableList.of(capture));
    }

    @Test
    void loopsAreReadBack() throws IOException {
        var inner = new GraphBuilder("body");
        inner.input("i", new TensorType(ElementType.INT64, Shape.SCALAR));
        Value go = inner.input("go", new TensorType(ElementType.BOOL, Shape.SCALAR));
        Value state = inner.input("state", x.type());
        Value captured = inner.input("x", x.type());
        inner.output("go", go);
        inner.output("next", inner.add(Origin.of("n"), new Add(), state, captured));
        var body = new Body(inner.build(), ImmutableList.of(3));
        Value count = builder.constant(Origin.of("c"), TensorData.ofLongs(new long[] {3}));
        Value loop = apply("loop", new Loop(body, 1, ImmutableList.of(x.type())), count, Value.ABSENT, x, x);
        builder.output("y", loop);
        assertThat(print()).contains("loop = Loop(", "    _,\n", "x_2 \"x\": f32[rows, 4] = x) {", "states=1");
    }

    @Test
    void resultsThatNothingUsesHaveNoName() throws IOException {
        Value one = builder.constant(Origin.of("c"), TensorData.ofLongs(new long[] {1}, 1));
        var node = builder.addNode(Origin.of("n"), new TopK(1, true, Dim.ONE), List.of(x, one));
        builder.output("y", node.result(1));
        assertThat(print()).contains("  _, top_k = TopK(x, i64[1] { 1 }, axis=1, largest=true, size=1)\n");
    }

    @Test
    void originsFollowTheirStatements() throws IOException {
        Value y = apply("/encoder/Relu", new Relu(), x);
        builder.output("y", y);
        apply("second \"name\"", new Relu(), x);
        assertThat(new RoundTrip(folder).check(builder.build(), true))
                .contains("  relu = Relu(x) from \"/encoder/Relu\", \"second \\\"name\\\"\"\n");
        assertThat(new ModelReader().read(folder.resolve("model.skg")).nodes()).hasSize(2);
    }
}

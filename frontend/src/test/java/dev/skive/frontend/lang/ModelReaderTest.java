package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.grammar.SourceText;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What texts mean; what is wrong with others is in [ModelErrorsTest].
final class ModelReaderTest {
    private static final Origin HERE = Origin.of("test");

    private static Graph read(String text) {
        return read(text, ImportOptions.DEFAULT);
    }

    private static Graph read(String text, ImportOptions options) {
        return GraphVerifier.verify(
                new ModelReader(options)
                        .read(new SourceText("model.skg", text), new ModelFolder(Path.of("none"), false)));
    }

    private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        return new Interpreter(Precision.DOUBLE).run(graph, inputs);
    }

    private static double[] reals(String text, double... x) {
        Graph graph = read(text);
        return run(graph, Map.of("x", Tensor.ofReals(ElementType.FLOAT32, x, x.length)))
                .values()
                .iterator()
                .next()
                .reals();
    }

    @Test
    void operatorsAreAppliedToOperandsAndAttributes() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol("n"), Dim.of(4))));
        Value w = builder.input("w:0", new TensorType(ElementType.FLOAT32, Shape.of(4, 4)));
        Value product = builder.add(HERE, new MatMul(), x, w);
        builder.output("y:0", builder.add(HERE, new Softmax(1), product));
        builder.output("product", product);
        assertThat(
                        read(
                                """
                                graph g(x: f32[n, 4], w "w:0": f32[4, 4]) {
                                  product = MatMul(x, w)
                                  return "y:0" = Softmax(product, axis=1), product
                                }
                                """))
                .isEqualTo(builder.build());
    }

    @Test
    void signsAreOperators() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT16, Shape.of(2)));
        Value half = builder.constant(HERE, TensorData.scalar(ElementType.FLOAT16, 0.5));
        Value sum = builder.add(HERE, new Add(), builder.add(HERE, new Mul(), x, half), x);
        builder.output("output", sum);
        assertThat(read("graph g(x: f16[2]) { return x * 0.5 + x }")).isEqualTo(builder.build());
        assertThat(reals("graph g(x: f32[n]) { return -(x - 1) / 2 }", 5, 3)).containsExactly(-2, -1);
        assertThat(reals("graph g(x: f32[n]) { return Where(x >= 2 && x != 3, x, 0) }", 1, 2, 3, 4))
                .containsExactly(0, 2, 0, 4);
    }

    @Test
    void numbersTakeTheTypeOfTheOtherOperands() {
        Graph graph =
                read(
                        """
                        graph g(i: i32[n], h: bf16[n], x: f32[n, 3]) {
                          range = Range(0, 1, count=n)
                          return a = i + 1, b = Max(h, 2), c = Where(i > 0, h, -inf), d = Gather(x, 1, axis=1), range
                        }
                        """);
        assertThat(graph.outputs().values())
                .extracting(value -> value.tensor().element().text())
                .containsExactly("i32", "bf16", "bf16", "f32", "i64");
    }

    @Test
    void namesCanBeAssignedAnew() {
        assertThat(reals("graph g(x: f32[n]) { x = x + 1 x = x * 2 return x }", 1, 2)).containsExactly(4, 6);
    }

    @Test
    void roundsGoOnWithWhatWasAssignedOutside() {
        String text =
                """
                let rounds = 2 + 1
                graph g(x: f32[n]) {
                  y = x
                  repeat i in 1..rounds + 1 {
                    step = x * i
                    repeat j in 0..2 { y = y + step }
                  }
                  return y
                }
                """;
        assertThat(reals(text, 1)).containsExactly(1 + 2 * (1 + 2 + 3));
    }

    @Test
    void functionsAreCarriedOutWithTheirArguments() {
        String text =
                """
                fn scaled(x, by: float = 2, times: int) {
                  repeat i in 0..times { x = x * by }
                  return x, x + 1
                }
                graph g(x: f32[n]) {
                  a, b = scaled(x, times=3)
                  c, _ = scaled(x, 0.5, 1)
                  return a + b + c
                }
                """;
        assertThat(reals(text, 1)).containsExactly(8 + 9 + 0.5);
    }

    @Test
    void sizesOfParametersAreThoseOfTheArguments() {
        Graph graph =
                read(
                        """
                        let heads = 4
                        fn split(x: f32[batch, seq, d]) -> f32[batch, heads, seq, d / heads] {
                          let size = d / heads
                          return Transpose(Reshape(x, dims=[batch, seq, heads, size]), perm=[0, 2, 1, 3])
                        }
                        graph g(x: f32[b, s, 32], y: f32[1, 2*s, 8]) { return p = split(x), q = split(y) }
                        """);
        assertThat(graph.outputs().values())
                .extracting(value -> value.shape().toString())
                .containsExactly("[b,4,s,8]", "[1,4,2*s,2]");
    }

    @Test
    void sizesAreComputedWith() {
        var builder = new GraphBuilder("g");
        Dim n = Dim.symbol("n");
        Dim odd = Dim.symbol("max(a, b)");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(n.times(2), odd)));
        Value y = builder.add(HERE, new Reshape(ImmutableList.of(odd.times(n), n.floorDivide(3), Dim.of(2))), x);
        builder.output("y", y);
        assertThat(
                        read(
                                """
                                graph g(x: f32[2*n, "max(a, b)"]) {
                                  y = Reshape(x, dims=["max(a, b)" * n, floor(n, 3), size(x, 0) / n])
                                  return y
                                }
                                """))
                .isEqualTo(builder.build());
    }

    @Test
    void axesCanBeCountedFromTheEnd() {
        assertThat(read("graph g(x: f32[2, 3, n]) { return Softmax(x, axis=-1) }"))
                .isEqualTo(read("graph g(x: f32[2, 3, n]) { return Softmax(x, axis=rank(x) - 1) }"))
                .isEqualTo(read("graph g(x: f32[2, 3, n]) { return Softmax(x, axis=2) }"));
        assertThat(read("graph g(x: f32[2, 3, n]) { return ReduceSum(x, axes=[0, -1]) }"))
                .isEqualTo(read("graph g(x: f32[2, 3, n]) { return ReduceSum(x, axes=[0, 2], keepDims=false) }"));
    }

    @Test
    void groupsOfAttributesHaveNames() {
        Graph graph =
                read(
                        """
                        fn same(x, w) {
                          return Conv(x, w, window=Window(strides=[1, 1], dilations=[1, 1], before=[1, 1], after=[1, 1]), groups=1)
                        }
                        graph g(x: f32[n, 3, h, w], k: f32[8, 3, 3, 3]) { return same(x, k) }
                        """);
        assertThat(graph.outputs().values().asList().getFirst().shape()).hasToString("[n,8,h,w]");
    }

    @Test
    void operandsCanBeLeftOutAndResultsTooMany() {
        Graph graph =
                read(
                        """
                        graph g(x: f32[5]) {
                          _, places = TopK(x, 2, axis=0, largest=true, size=2)
                          return places
                        }
                        """);
        var x = Tensor.ofReals(ElementType.FLOAT32, new double[] {3, 9, 1, 8, 2}, 5);
        assertThat(output(run(graph, Map.of("x", x)), "places").integers()).containsExactly(1, 3);
    }

    @Test
    void constantsAreWrittenInFull() {
        Graph graph =
                read(
                        "graph g() { return a = f32[2, 2] { 1, -2.5, inf, 0x3f800000 }, b = string[1] { \"\\u00e9\" }, c = bool[] {true} }");
        var outputs = run(graph, Map.of());
        assertThat(output(outputs, "a").reals()).containsExactly(1, -2.5, Double.POSITIVE_INFINITY, 1);
        assertThat(Objects.requireNonNull(graph.outputs().get("b")).constant().orElseThrow().text())
                .containsExactly("é");
        assertThat(output(outputs, "c").integers()).containsExactly(1);
    }

    @Test
    void graphsWithinTakeWhatTheyMention() {
        String text =
                """
                graph g(c: bool[], x: f32[n]) {
                  y = x + 1
                  return If(c, yes=() { return y * 2 }, no=() { z = y return z - x })
                }
                """;
        Graph graph = read(text);
        var x = Tensor.ofReals(ElementType.FLOAT32, new double[] {1, 2}, 2);
        assertThat(output(run(graph, Map.of("c", flag(true), "x", x)), "output").reals()).containsExactly(4, 6);
        assertThat(output(run(graph, Map.of("c", flag(false), "x", x)), "output").reals()).containsExactly(1, 1);
    }

    @Test
    void graphsWithinNameWhatTheyTake() {
        String text =
                """
                graph g(n: i64[], x: f32[4]) {
                  sum, all = Loop(n, _, x, x, body=(i: i64[], go "go on": bool[], s: f32[4], by "b y": f32[4] = x) {
                    t = s + by
                    return go, "t 1" = t, t
                  }, states=1, types=[f32[4], f32[k, 4]])
                  return sum, all
                }
                """;
        Graph graph = read(text);
        var x = Tensor.ofReals(ElementType.FLOAT32, new double[] {1, 2, 3, 4}, 4);
        var outputs = run(graph, Map.of("n", Tensor.ofIntegers(ElementType.INT64, new long[] {2}), "x", x));
        assertThat(output(outputs, "sum").reals()).containsExactly(3, 6, 9, 12);
        assertThat(output(outputs, "all").sizes()).containsExactly(2, 4);
        assertThat(
                        graph.nodes().stream()
                                .filter(node -> node.op() instanceof dev.skive.ir.op.Loop)
                                .findFirst()
                                .orElseThrow()
                                .operands())
                .hasSize(4);
    }

    private static Tensor flag(boolean value) {
        return Tensor.ofIntegers(ElementType.BOOL, new long[] {value ? 1 : 0});
    }

    @Test
    void sizesThatOnlyARunTellsHaveNames() {
        Graph graph =
                read(
                        """
                        graph g(x: f32[n]) {
                          places = NonZero(x, count=found)
                          return Reshape(places, dims=[found])
                        }
                        """);
        assertThat(graph.outputs().values().asList().getFirst().shape()).hasToString("[found]");
    }

    @Test
    void nodesKnowWhereTheyComeFrom() {
        Graph graph =
                read(
                        """
                        fn block(x, i: int) { h = x * i return h + x }
                        graph g(x: f32[n]) {
                          repeat i in 2..4 { x = block(x, i) }
                          y = Exp(x) from "old name", "other"
                          return y
                        }
                        """);
        assertThat(graph.nodes())
                .extracting(node -> String.join("|", graph.origin(node).sources()))
                .contains("block.2/h", "block.2", "block.3/h", "block.3", "old name|other");
    }

    @Test
    void madeUpWeightsDependOnNameAndSeed() {
        String text =
                "weights random(%d)\ngraph g() { return a = weight(\"a\", f32[8, 4]), b = weight(\"%s\", f32[8, 4]) }";
        Graph graph = read(text.formatted(1, "b"));
        assertThat(graph).isEqualTo(read(text.formatted(1, "b"))).isNotEqualTo(read(text.formatted(2, "b")));
        var outputs = run(graph, Map.of());
        assertThat(outputs.get("a")).isNotEqualTo(outputs.get("b"));
        assertThat(output(outputs, "a").reals()).doesNotHaveDuplicates();
        assertThat(Arrays.stream(output(outputs, "a").reals()).map(Math::abs).max().orElseThrow())
                .isBetween(0.5, Math.sqrt(3.0 / 4));
        assertThat(run(read(text.formatted(1, "a")), Map.of())).extractingByKey("b").isEqualTo(outputs.get("a"));
    }

    @Test
    void shapesOfInputsCanBeGiven() {
        var options = ImportOptions.DEFAULT.withInputShapes(ImmutableMap.of("x", Shape.of(7, 3)));
        Graph graph = read("graph g(x: f32[n, 3], y: f32[n]) { return y }", options);
        assertThat(graph.inputs()).extracting(input -> input.shape().toString()).containsExactly("[7,3]", "[7]");
        assertThatThrownBy(() -> read("graph g(x: f32[n, 4]) { return x }", options))
                .hasMessageContaining("input 'x' is f32[7, 4], which cannot be [7, 3]");
    }

    @Test
    void closuresAreGraphsOfTheirOwn() {
        var source = new SourceText("a.rules", "(x: f32[a, 2], y: f32[2]) { return Add(x, y) }");
        Graph graph = new ModelReader().read(source, dev.skive.grammar.ModelText.closure(source));
        assertThat(graph).isEqualTo(read("graph example(x: f32[a, 2], y: f32[2]) { return x + y }"));
    }

    @Test
    void anyNumberOfSizesIsAType() {
        assertThat(read("graph g(x: f32[...], y: seq(f32[n]), z: optional(i64[])) { return x, y, z }").inputs())
                .extracting(input -> input.type().toString())
                .hasSize(3)
                .first()
                .isEqualTo("f32[...]");
    }

    private static Tensor output(Map<String, Tensor> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name));
    }
}

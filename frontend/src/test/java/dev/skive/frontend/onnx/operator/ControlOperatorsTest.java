package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.If;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Branches, loops and searches.
final class ControlOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(16);

    private static AttributeProto graph(String name, GraphProto.Builder graph) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(graph).build();
    }

    private static NodeProto node(String type, List<String> inputs, String output, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output + "_node")
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static GraphProto.Builder body(String name, String output, NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName(name)
                .addAllNode(List.of(nodes))
                .addOutput(value(output, ElementType.FLOAT32, "a", "b"));
    }

    private static Tensor truth(boolean value) {
        return Tensor.ofIntegers(ElementType.BOOL, new long[] {value ? 1 : 0});
    }

    private static TestModel branches(int opset) {
        GraphProto.Builder yes = body("yes", "sum", node("Add", List.of("h", "h"), "sum"));
        GraphProto.Builder no = body("no", "negated", node("Neg", List.of("h"), "negated"));
        return new TestModel(opset)
                .input("x", ElementType.FLOAT32, "n", 3)
                .input("c", ElementType.BOOL)
                .node("Relu", "x", "h")
                .node("If", "c", "y", graph("then_branch", yes), graph("else_branch", no))
                .node("Exp", "y", "z")
                .output("z");
    }

    @Test
    void branchesSeeNamesAroundThem() {
        Tensor x = new RandomTensors(1).floats(4, 3);
        for (boolean choice : new boolean[] {true, false}) {
            CHECK.check(branches(13), Map.of("x", x, "c", truth(choice)), 13, 18);
        }
    }

    @Test
    void knownConditionsLeaveOneBranch(@TempDir Path folder) throws IOException {
        GraphProto.Builder yes = body("yes", "sum", node("Add", List.of("x", "x"), "sum"));
        GraphProto.Builder no = body("no", "negated", node("Neg", List.of("x"), "negated"));
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .longs("three", 3)
                        .node("Shape", "x", "s")
                        .constant("one", TensorData.ofLongs(new long[] {1}, 1))
                        .node("Gather", "s,one", "width")
                        .node("Equal", "width,three", "c")
                        .node("If", "c", "y", graph("then_branch", yes), graph("else_branch", no))
                        .output("y");
        CHECK.check(model, Map.of("x", new RandomTensors(1).floats(4, 3)), 13);
        var graph = new OnnxImporter().read(model.write(folder.resolve("model.onnx")));
        assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof If);
    }

    private static GraphProto.Builder loopBody(NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName("body")
                .addInput(value("i", ElementType.INT64))
                .addInput(value("go", ElementType.BOOL))
                .addInput(value("state", ElementType.FLOAT32, "r", "w"))
                .addAllNode(List.of(nodes))
                .addOutput(value("next_go", ElementType.BOOL))
                .addOutput(value("next", ElementType.FLOAT32, "r2", "w2"));
    }

    @Test
    void loopsWhoseStatesGrow() {
        GraphProto.Builder body =
                loopBody(
                                node("Identity", List.of("go"), "next_go"),
                                node("Concat", List.of("state", "x"), "next", TestModel.integer("axis", 0)),
                                node("ReduceSum", List.of("state"), "scanned"))
                        .addOutput(value("scanned", ElementType.FLOAT32, 1, 1));
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .input("trips", ElementType.INT64)
                        .constant("true", TensorData.ofIntegers(ElementType.BOOL, new long[] {1}));
        model.nodes("Loop", "trips,true,x", List.of("last", "sums"), graph("body", body)).output("last", "sums");
        Tensor x = new RandomTensors(2).floats(2, 3);
        for (long trips = 1; trips < 4; trips++) {
            CHECK.check(model, Map.of("x", x, "trips", Tensor.ofIntegers(ElementType.INT64, new long[] {trips})), 13);
        }
    }

    @Test
    void scansInBothDirections() {
        GraphProto.Builder body =
                GraphProto.newBuilder()
                        .setName("body")
                        .addInput(value("state", ElementType.FLOAT32, 3))
                        .addInput(value("row", ElementType.FLOAT32, 3))
                        .addNode(node("Add", List.of("state", "row"), "next"))
                        .addNode(node("Mul", List.of("next", "row"), "scanned"))
                        .addOutput(value("next", ElementType.FLOAT32, 3))
                        .addOutput(value("scanned", ElementType.FLOAT32, 3));
        for (long direction = 0; direction < 2; direction++) {
            for (long axis = 0; axis < 2; axis++) {
                TestModel model =
                        new TestModel(11)
                                .input("s", ElementType.FLOAT32, 3)
                                .input("x", ElementType.FLOAT32, axis == 0 ? "n" : 3, axis == 0 ? 3 : "n");
                model.nodes(
                                "Scan",
                                "s,x",
                                List.of("last", "all"),
                                graph("body", body),
                                TestModel.integer("num_scan_inputs", 1),
                                TestModel.integers("scan_input_axes", axis),
                                TestModel.integers("scan_input_directions", direction),
                                TestModel.integers("scan_output_axes", 1 - axis),
                                TestModel.integers("scan_output_directions", 1 - direction))
                        .output("last", "all");
                var random = new RandomTensors(5);
                Tensor x = axis == 0 ? random.floats(4, 3) : random.floats(3, 4);
                CHECK.check(model, Map.of("s", random.floats(3), "x", x), 13);
            }
        }
    }

    @Test
    void sequences() {
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .input("i", ElementType.INT64)
                        .longs("two", 2)
                        .constant("one", TensorData.scalar(ElementType.INT64, 1))
                        .node("SplitToSequence", "x,one", "pieces", TestModel.integer("axis", 0))
                        .node("SequenceAt", "pieces,i", "member")
                        .node("Relu", "member", "positive")
                        .node("SequenceInsert", "pieces,positive,i", "longer")
                        .node("SequenceErase", "longer", "shorter")
                        .node("SequenceLength", "shorter", "length")
                        .node("ConcatFromSequence", "shorter", "whole", TestModel.integer("axis", 0))
                        .node(
                                "ConcatFromSequence",
                                "shorter",
                                "stacked",
                                TestModel.integer("axis", 0),
                                TestModel.integer("new_axis", 1))
                        .node("Exp", "whole", "y")
                        .output("member", "length", "whole", "stacked", "y");
        Tensor x = new RandomTensors(6).floats(4, 3);
        for (long i = -4; i < 4; i++) {
            CHECK.check(model, Map.of("x", x, "i", Tensor.ofIntegers(ElementType.INT64, new long[] {i})), 13);
        }
    }

    @Test
    void loopsThatCollectSequences() {
        GraphProto.Builder body =
                GraphProto.newBuilder()
                        .setName("body")
                        .addInput(value("i", ElementType.INT64))
                        .addInput(value("go", ElementType.BOOL))
                        .addInput(ValueInfoProto.newBuilder().setName("state"))
                        .addNode(node("Identity", List.of("go"), "next_go"))
                        .addNode(node("Cast", List.of("i"), "f", TestModel.integer("to", 1)))
                        .addNode(node("Add", List.of("x", "f"), "member"))
                        .addNode(node("SequenceInsert", List.of("state", "member"), "next"))
                        .addOutput(value("next_go", ElementType.BOOL))
                        .addOutput(ValueInfoProto.newBuilder().setName("next"));
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .input("trips", ElementType.INT64)
                        .node("SequenceEmpty", "", "empty")
                        .constant("true", TensorData.ofIntegers(ElementType.BOOL, new long[] {1}));
        model.nodes("Loop", "trips,true,empty", List.of("members"), graph("body", body))
                .node("ConcatFromSequence", "members", "all", TestModel.integer("axis", 1))
                .node("Relu", "all", "y")
                .output("y");
        Tensor x = new RandomTensors(2).floats(2, 3);
        CHECK.check(model, Map.of("x", x, "trips", Tensor.ofIntegers(ElementType.INT64, new long[] {3})), 13);
    }

    @Test
    void nonZero() {
        var random = new RandomTensors(3);
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .node("Relu", "x", "h")
                        .node("NonZero", "h", "places")
                        .node("Shape", "places", "sizes")
                        .output("places", "sizes");
        CHECK.check(model, Map.of("x", random.floats(5, 3)), 13);
        CHECK.check(model, Map.of("x", random.floats(0, 3)), 13);
    }

    /// Pads of a run on four and five axes, some of which cut elements off, and the one element of a scalar.
    @Property(tries = 12)
    void padsOfARun(@ForAll long seed, @ForAll @IntRange(min = 4, max = 5) int rank) {
        var random = new Random(seed);
        long[] pads = random.longs(2L * rank, -1, 3).toArray();
        Object[] sizes = java.util.Collections.nCopies(rank, 3).toArray();
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, sizes)
                        .input("pads", ElementType.INT64, pads.length)
                        .node("Pad", "x,pads", "y")
                        .output("y");
        double[] values = random.doubles((long) Math.pow(3, rank)).map(value -> (float) value).toArray();
        long[] shape = java.util.stream.LongStream.generate(() -> 3).limit(rank).toArray();
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, values, shape);
        CHECK.check(model, Map.of("x", x, "pads", Tensor.ofIntegers(ElementType.INT64, pads, pads.length)));
    }

    @Property(tries = 4)
    void placesInAScalar(@ForAll boolean isZero) {
        TestModel model =
                new TestModel(13).input("x", ElementType.FLOAT32).node("NonZero", "x", "places").output("places");
        CHECK.check(model, Map.of("x", Tensor.ofReals(ElementType.FLOAT32, new double[] {isZero ? 0 : 2})));
    }

    @Test
    void unknownNamesInsideAreReported(@TempDir Path folder) {
        GraphProto.Builder yes = body("yes", "sum", node("Add", List.of("h", "nowhere"), "sum"));
        GraphProto.Builder no = body("no", "negated", node("Neg", List.of("h"), "negated"));
        TestModel model =
                new TestModel(13)
                        .input("h", ElementType.FLOAT32, "n", 3)
                        .input("c", ElementType.BOOL)
                        .node("If", "c", "y", graph("then_branch", yes), graph("else_branch", no))
                        .output("y");
        Path file = model.write(folder.resolve("model.onnx"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new OnnxImporter().read(file))
                .hasMessageContaining("nowhere");
    }

    /// A loop over constants whose state has one more axis after each iteration.
    @Test
    void loopsOverConstantsRunWhileImporting(@TempDir Path folder) throws IOException {
        GraphProto.Builder body =
                loopBody(
                        node("Identity", List.of("go"), "next_go"),
                        node("Unsqueeze", List.of("state", "zero"), "next"));
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", 3)
                        .longs("trips", 2)
                        .longs("zero", 0)
                        .constant("true", TensorData.ofIntegers(ElementType.BOOL, new long[] {1}))
                        .constant("start", new RandomTensors(4).floats(3).toData())
                        .node("Loop", "trips,true,start", "last", graph("body", body))
                        .node("Add", "x,last", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", new RandomTensors(5).floats(4, 3)), 13);
        var graph = new OnnxImporter().read(model.write(folder.resolve("model.onnx")));
        assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof dev.skive.ir.op.Loop);
        assertThat(graph.outputs().values().asList().getFirst().shape().rank()).isEqualTo(3);
    }

    /// What exporters write for a squeeze of an axis of unknown size is that squeeze.
    @Test
    void optionalSqueezesSqueeze(@TempDir Path folder) throws IOException {
        GraphProto.Builder yes = body("yes", "less", node("Squeeze", List.of("x", "one"), "less"));
        GraphProto.Builder no = body("no", "same", node("Identity", List.of("x"), "same"));
        TestModel model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", "m", 3)
                        .longs("one", 1)
                        .node("Shape", "x", "s")
                        .node("Gather", "s,one", "size")
                        .node("Equal", "size,one", "c")
                        .node("If", "c", "y", graph("then_branch", yes), graph("else_branch", no))
                        .node("Exp", "y", "z")
                        .output("z");
        CHECK.check(model, Map.of("x", new RandomTensors(6).floats(4, 1, 3)), 13);
        var graph = new OnnxImporter().read(model.write(folder.resolve("model.onnx")));
        assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof If);
    }
}

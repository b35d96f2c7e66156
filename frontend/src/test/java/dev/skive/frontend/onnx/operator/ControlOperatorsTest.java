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
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.If;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            CHECK.check(branches(13), Map.of("x", x, "c", truth(choice)));
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
            CHECK.check(model, Map.of("x", x, "trips", Tensor.ofIntegers(ElementType.INT64, new long[] {trips})));
        }
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
}

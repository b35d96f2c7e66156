package dev.skive.frontend.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the importer takes apart is one node again.
class OneNodeTest {
    private static final TensorType FLOATS = new TensorType(ElementType.FLOAT32, Shape.of(2, 6));

    @TempDir private Path folder;

    private List<NodeProto> written(Graph graph, int opset) throws IOException {
        Path file = folder.resolve("written.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(opset)).write(graph, file);
        return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList();
    }

    private List<NodeProto> rewritten(TestModel model, int opset) throws IOException {
        return written(new OnnxImporter().read(model.write(folder.resolve("model.onnx"))), opset);
    }

    private static List<String> types(List<NodeProto> nodes) {
        return nodes.stream().map(NodeProto::getOpType).toList();
    }

    private static ImmutableMap<String, Float> reals(NodeProto node) {
        return node.getAttributeList().stream()
                .collect(ImmutableMap.toImmutableMap(AttributeProto::getName, AttributeProto::getF));
    }

    @ParameterizedTest
    @CsvSource({
        "Celu, alpha, 0.75",
        "Elu, alpha, 0.75",
        "HardSigmoid, alpha, 0.25",
        "LeakyRelu, alpha, 0.125",
        "Selu, gamma, 1.5",
        "ThresholdedRelu, alpha, 0.25"
    })
    void activationsWithAttributes(String type, String attribute, float number) throws IOException {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 2, "n")
                        .node(type, "x", "y", TestModel.real(attribute, number))
                        .output("y");

        List<NodeProto> nodes = rewritten(model, 17);

        assertThat(types(nodes)).containsExactly(type);
        assertThat(reals(nodes.getFirst())).containsEntry(attribute, number);
    }

    @ParameterizedTest
    @CsvSource({
        "Celu, 17",
        "Elu, 17",
        "HardSigmoid, 17",
        "HardSwish, 17",
        "LeakyRelu, 17",
        "Mish, 18",
        "Selu, 17",
        "Softplus, 17",
        "Softsign, 17",
        "Swish, 24",
        "ThresholdedRelu, 17"
    })
    void activationsWithoutAttributes(String type, int opset) throws IOException {
        var model = new TestModel(opset).input("x", ElementType.FLOAT32, 2, "n").node(type, "x", "y").output("y");

        assertThat(types(rewritten(model, opset))).containsExactly(type);
    }

    @Test
    void operatorsThatTheOpsetLacksStayInParts() throws IOException {
        var model = new TestModel(18).input("x", ElementType.FLOAT32, 2).node("Mish", "x", "y").output("y");

        assertThat(types(rewritten(model, 17))).contains("Tanh", "Exp", "Mul").doesNotContain("Mish");
    }

    @Test
    void partsWithAnotherUseStay() throws IOException {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 2)
                        .node("Clip", "x,low,high", "y")
                        .node("Max", "x,low", "z")
                        .constant("low", TensorData.scalar(ElementType.FLOAT32, 0))
                        .constant("high", TensorData.scalar(ElementType.FLOAT32, 6))
                        .output("y", "z");

        assertThat(types(rewritten(model, 17))).containsExactlyInAnyOrder("Max", "Min");
    }

    @ParameterizedTest
    @CsvSource({"Clip, FLOAT32", "Clip, INT64"})
    void bounds(String type, ElementType element) throws IOException {
        var model =
                new TestModel(17)
                        .input("x", element, 2)
                        .node(type, "x,low,high", "y")
                        .constant("low", TensorData.scalar(element, 0))
                        .constant("high", TensorData.scalar(element, 6))
                        .output("y");

        assertThat(types(rewritten(model, 17))).containsExactly(type);
    }

    @Test
    void batchNormalizationWithConstants() throws IOException {
        var builder = new GraphBuilder("test");
        var from = Origin.of("norm", "BatchNormalization");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(1, 3, 4, 4)));
        Value factor = builder.constant(from, TensorData.ofFloats(new float[] {1, 2, 3}, 3, 1, 1));
        Value summand = builder.constant(from, TensorData.ofFloats(new float[] {4, 5, 6}, 3, 1, 1));
        Value product = builder.add(from, new dev.skive.ir.op.Mul(), x, factor);
        builder.output("y", builder.add(from, new dev.skive.ir.op.Add(), product, summand));

        assertThat(types(written(builder.build(), 17))).containsExactly("BatchNormalization");
    }

    @Test
    void meanOfEveryChannel() throws IOException {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 1, 3, "h", "w")
                        .node("GlobalAveragePool", "x", "y")
                        .output("y");

        assertThat(types(rewritten(model, 17))).containsExactly("GlobalAveragePool");
    }

    private static Value slice(GraphBuilder builder, Value x, long start, long size) {
        return builder.add(Origin.of("slice"), Slice.along(x.shape(), 1, Dim.of(start), Dim.of(size)), x);
    }

    @Test
    void pieces() throws IOException {
        var builder = new GraphBuilder("test");
        Value x = builder.input("x", FLOATS);
        builder.output("b", slice(builder, x, 2, 3));
        builder.output("a", slice(builder, x, 0, 2));
        builder.output("c", slice(builder, x, 5, 1));

        List<NodeProto> nodes = written(builder.build(), 17);

        assertThat(types(nodes)).containsExactly("Split");
        assertThat(nodes.getFirst().getOutputList()).containsExactly("a", "b", "c");
    }

    @Test
    void piecesWithSomethingBetweenThem() throws IOException {
        var builder = new GraphBuilder("test");
        Value x = builder.input("x", FLOATS);
        builder.output("a", slice(builder, x, 0, 2));
        builder.output("c", slice(builder, x, 5, 1));

        assertThat(types(written(builder.build(), 17))).containsExactly("Slice", "Slice");
    }

    @Test
    void linearLayersOfMatrices() throws IOException {
        var builder = new GraphBuilder("test");
        Value x = builder.input("x", FLOATS);
        Value w = builder.constant(Origin.of("w"), TensorData.ofFloats(new float[12], 6, 2));
        Value b = builder.constant(Origin.of("b"), TensorData.ofFloats(new float[2], 2));
        builder.output("y", builder.add(Origin.of("layer"), new Linear(), x, w, b));

        assertThat(types(written(builder.build(), 17))).containsExactly("Gemm");
    }

    @Test
    void rangesOfOpenLengthCountFromZeroWithoutArithmetic() throws IOException {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "n")
                        .node("Shape", "x", "shape")
                        .node("Squeeze", "shape", "n")
                        .node("Range", "zero,n,one", "y")
                        .constant("zero", TensorData.ofLongs(new long[] {0}))
                        .constant("one", TensorData.ofLongs(new long[] {1}))
                        .output("y");

        assertThat(types(rewritten(model, 17))).isEqualTo(ImmutableList.of("Shape", "Squeeze", "Range"));
    }
}

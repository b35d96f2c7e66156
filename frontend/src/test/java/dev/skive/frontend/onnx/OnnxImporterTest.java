package dev.skive.frontend.onnx;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Constant;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxImporterTest {
    @TempDir private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private Graph read(TestModel model) {
        return read(model, ImportOptions.DEFAULT);
    }

    private Graph read(TestModel model, ImportOptions options) {
        return new OnnxImporter(options, warnings::add).read(model.write(folder.resolve("model.onnx")));
    }

    private static TestModel sum() {
        return new TestModel(13)
                .input("x", ElementType.FLOAT32, "batch", "length")
                .input("y", ElementType.FLOAT32, "batch", "length")
                .node("Add", "x,y", "z")
                .output("z");
    }

    @Test
    void namesBecomeOrigins() {
        TestModel model = sum();
        model.proto().getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("Neg").addInput("z").addOutput("n"));
        Graph graph = read(model.output("n"));
        Node add = Objects.requireNonNull(graph.outputs().get("z")).node();
        Node neg = Objects.requireNonNull(graph.outputs().get("n")).node();
        assertThat(graph.origin(add).sources()).containsExactly("z_node");
        assertThat(graph.origin(neg).sources()).containsExactly("n");
        assertThat(graph.name()).isEqualTo("test");
        assertThat(warnings).isEmpty();
    }

    @Test
    void equalNamesAreOneSize() {
        assertThat(Objects.requireNonNull(read(sum()).outputs().get("z")).type()).hasToString("f32[batch,length]");
    }

    @Test
    void questionMarksAreNotOneSize() {
        TestModel model =
                new TestModel(13).input("x", ElementType.FLOAT32, "?", "?", "?", "?").node("Neg", "x", "y").output("y");
        assertThat(Objects.requireNonNull(read(model).outputs().get("y")).shape().symbols())
                .containsExactlyInAnyOrder("x.0", "x.1", "x.2", "x.3");
        assertThat(warnings).isEmpty();
    }

    @Test
    void givenShapesBindTheirNamesEverywhere() {
        var options = ImportOptions.DEFAULT.withInputShapes(ImmutableMap.of("x", Shape.of(2, 3)));
        Graph graph = read(sum(), options);
        assertThat(graph.inputs()).allSatisfy(input -> assertThat(input.type()).hasToString("f32[2,3]"));
    }

    @Test
    void openSizesAreNamedAfterInputAndAxis() {
        var model = new TestModel(13).input("ids", ElementType.INT64, "", -1, 0, 5).node("Neg", "ids", "y").output("y");
        assertThat(Objects.requireNonNull(read(model).outputs().get("y")).shape().symbols())
                .containsExactly("ids.0", "ids.1", "ids.2");
        assertThat(warnings).hasSize(2).allSatisfy(warning -> assertThat(warning).contains("input 'ids'"));
    }

    @Test
    void wrongDeclarationsAreWarnings() {
        TestModel model = sum();
        model.proto().getGraphBuilder().clearOutput();
        model.proto().getGraphBuilder().addOutput(TestModel.value("z", ElementType.FLOAT32, "length", "length"));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            model.node("Neg", "z", name).output(name);
            model.proto().getGraphBuilder().addValueInfo(TestModel.value(name, ElementType.INT32, "batch", "length"));
        }
        read(model);
        assertThat(warnings).hasSize(5);
        assertThat(warnings.getFirst()).contains("output 'z'", "f32[length,length]", "f32[batch,length]");
        assertThat(warnings.getLast()).contains("2 more");
    }

    @Test
    void unknownNamesInDeclarationsAreNoContradiction() {
        TestModel model = sum();
        model.proto().getGraphBuilder().clearOutput();
        model.proto().getGraphBuilder().addOutput(TestModel.value("z", ElementType.FLOAT32, "other", "length"));
        read(model);
        assertThat(warnings).isEmpty();
    }

    @Test
    void initializersListedAsInputsAreConstants() {
        var model =
                new TestModel(8)
                        .input("x", ElementType.FLOAT32, 4)
                        .input("w", ElementType.FLOAT32, 4)
                        .constant("w", TensorData.ofFloats(new float[] {1, 2, 3, 4}, 4))
                        .node("Mul", "x,w", "y")
                        .output("y");
        model.proto().setIrVersion(3);
        assertThat(read(model).inputs()).hasSize(1);
    }

    @Test
    void nodesMayComeInAnyOrder() {
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, 4)
                        .node("Neg", "b", "c")
                        .node("Exp", "a", "b")
                        .node("Sin", "x", "a")
                        .output("c");
        assertThat(read(model).nodes().stream().map(node -> node.op().mnemonic()))
                .containsExactly("input", "sin", "exp", "neg");
    }

    @Test
    void deepModelsNeedNoDeepStack() {
        var model = new TestModel(13).input("v0", ElementType.FLOAT32, 4);
        int depth = 20_000;
        for (int i = depth; i > 0; i--) {
            model.node("Neg", "v" + (i - 1), "v" + i);
        }
        assertThat(read(model.output("v" + depth)).nodes()).hasSize(depth + 1);
    }

    @Test
    void unsupportedOperatorsThatNothingNeedsAreLeftOut() {
        assertThat(read(sum().node("Unheard", "x", "unused")).nodes()).hasSize(3);
    }

    @Test
    void sharedNamesOfFirstAndLaterAxesAreToldApart() {
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n", "n")
                        .input("mask", ElementType.FLOAT32, "n", 1)
                        .node("Add", "x,mask", "y")
                        .output("y");
        assertThat(Objects.requireNonNull(read(model).outputs().get("y")).shape().symbols())
                .containsExactlyInAnyOrder("n", "n.1");
        assertThat(warnings).hasSize(1);
        warnings.clear();
        model.input("ids", ElementType.FLOAT32, "batch", "n");
        assertThat(Objects.requireNonNull(read(model).outputs().get("y")).shape().symbols()).containsExactly("n");
        assertThat(warnings).isEmpty();
    }

    @Test
    void constantsInAllForms() {
        var sparse =
                dev.skive.frontend.onnx.proto.SparseTensorProto.newBuilder()
                        .addDims(2)
                        .addDims(3)
                        .setValues(TestModel.tensor("", TensorData.ofFloats(new float[] {5, 7}, 2)))
                        .setIndices(TestModel.tensor("", TensorData.ofLongs(new long[] {0, 1, 1, 2}, 2, 2)));
        var attribute =
                dev.skive.frontend.onnx.proto.AttributeProto.newBuilder()
                        .setName("sparse_value")
                        .setType(dev.skive.frontend.onnx.proto.AttributeProto.AttributeType.SPARSE_TENSOR)
                        .setSparseTensor(sparse);
        TensorData dense = TensorData.ofFloats(new float[] {1, 2}, 2, 1);
        var model =
                new TestModel(13)
                        .node("Constant", "", "a", TestModel.tensor("value", TestModel.tensor("", dense)))
                        .node("Constant", "", "b", real("value_float", 1.5f))
                        .node("Constant", "", "c", reals("value_floats", 1, 2))
                        .node("Constant", "", "d", integer("value_int", 3))
                        .node("Constant", "", "e", integers("value_ints", 3, 4))
                        .node("Constant", "", "f", TestModel.text("value_string", "text"))
                        .node("Constant", "", "g", attribute.build())
                        .output("a", "b", "c", "d", "e", "f", "g");
        Map<String, Tensor> values = new Interpreter(Precision.DECLARED).run(read(model), Map.of());
        assertThat(values.values().stream().map(Tensor::type).map(Object::toString))
                .containsExactly("f32[2,1]", "f32[]", "f32[2]", "i64[]", "i64[2]", "string[]", "f32[2,3]");
        assertThat(Objects.requireNonNull(values.get("g")).reals()).containsExactly(0, 5, 0, 0, 0, 7);
    }

    @Test
    void tensorsInTypedFields() {
        var model = new TestModel(21);
        typed(model, "f32", TensorProto.newBuilder().setDataType(1).addFloatData(1.5f).addFloatData(2));
        typed(model, "f64", TensorProto.newBuilder().setDataType(11).addDoubleData(1.5).addDoubleData(2));
        typed(model, "i64", TensorProto.newBuilder().setDataType(7).addInt64Data(-1).addInt64Data(2));
        typed(model, "u64", TensorProto.newBuilder().setDataType(13).addUint64Data(-1).addUint64Data(2));
        typed(model, "u32", TensorProto.newBuilder().setDataType(12).addUint64Data(4294967295L).addUint64Data(2));
        typed(model, "i8", TensorProto.newBuilder().setDataType(3).addInt32Data(-1).addInt32Data(2));
        typed(model, "bool", TensorProto.newBuilder().setDataType(9).addInt32Data(1).addInt32Data(0));
        typed(model, "f16", TensorProto.newBuilder().setDataType(10).addInt32Data(0x3E00).addInt32Data(0x4000));
        typed(model, "i4", TensorProto.newBuilder().setDataType(22).addInt32Data(0x2F));
        Map<String, Tensor> values = new Interpreter(Precision.DECLARED).run(read(model), Map.of());
        values.forEach((name, tensor) -> assertThat(tensor.type().toString()).isEqualTo(name + "[2]"));
        assertThat(values.values().stream().filter(tensor -> tensor.element().isReal()))
                .allSatisfy(tensor -> assertThat(tensor.reals()).containsExactly(1.5, 2));
        assertThat(Objects.requireNonNull(values.get("u32")).integers()).containsExactly(4294967295L, 2);
        assertThat(Objects.requireNonNull(values.get("i8")).integers()).containsExactly(-1, 2);
        assertThat(Objects.requireNonNull(values.get("i4")).integers()).containsExactly(-1, 2);
        assertThat(Objects.requireNonNull(values.get("bool")).integers()).containsExactly(1, 0);
    }

    private static void typed(TestModel model, String name, TensorProto.Builder tensor) {
        model.proto().getGraphBuilder().addInitializer(tensor.setName(name).addDims(2));
        model.output(name);
    }

    @Test
    void weightsStayInTheFileHoweverLargeItIs() throws IOException {
        long offset = 3L << 30;
        try (var channel =
                FileChannel.open(
                        folder.resolve("w.bin"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), offset);
        }
        var model = new TestModel(17).input("x", ElementType.UINT8, 4).node("Add", "x,w", "y").output("y");
        model.proto()
                .getGraphBuilder()
                .addInitializer(
                        TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(TensorProto.DataType.UINT8_VALUE)
                                .addDims(4)
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(
                                        StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"))
                                .addExternalData(
                                        StringStringEntryProto.newBuilder()
                                                .setKey("offset")
                                                .setValue(Long.toString(offset))));
        TensorData data =
                read(model).nodes().stream()
                        .filter(node -> node.op() instanceof Constant)
                        .map(node -> ((Constant) node.op()).data())
                        .findFirst()
                        .orElseThrow();
        assertThat(data.longs()).containsExactly(1, 2, 3, 4);
        assertThat(data.bytes().isMapped()).isTrue();
    }

    @Test
    void rawBytesAreNotCopied() {
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, 256)
                        .constant("w", new RandomTensors(1).floats(256).toData())
                        .node("Mul", "x,w", "y")
                        .output("y");
        assertThat(
                        read(model).nodes().stream()
                                .filter(node ->
                                        node.op() instanceof Constant(TensorData data) && data.bytes().isMapped()))
                .hasSize(1);
    }

    @Test
    void writingTwiceGivesTheSameBytes() throws IOException {
        Graph graph = read(sum());
        new OnnxExporter().write(graph, folder.resolve("a.onnx"));
        new OnnxExporter().write(graph, folder.resolve("b.onnx"));
        assertThat(Files.readAllBytes(folder.resolve("a.onnx")))
                .isEqualTo(Files.readAllBytes(folder.resolve("b.onnx")));
    }
}

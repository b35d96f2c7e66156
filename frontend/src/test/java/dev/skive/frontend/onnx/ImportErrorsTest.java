package dev.skive.frontend.onnx;

import static dev.skive.frontend.onnx.TestModel.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImportErrorsTest {
    @TempDir private Path folder;

    private static TestModel valid() {
        return new TestModel(13)
                .input("x", ElementType.FLOAT32, "batch", 4)
                .constant("w", TensorData.ofFloats(new float[16], 4, 4))
                .node("MatMul", "x,w", "y")
                .output("y");
    }

    private SkiveException read(byte[] bytes, ImportOptions options) {
        Path path = TestModel.write(folder.resolve("model.onnx"), bytes);
        var importer = new OnnxImporter(options, Diagnostics.silent());
        SkiveException error = catchThrowableOfType(SkiveException.class, () -> importer.read(path));
        assertThat(error).as("an error").isNotNull();
        return error;
    }

    private SkiveException read(TestModel model) {
        return read(model.bytes(), ImportOptions.DEFAULT);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("cyclic", cyclic(), List.of("cycle of 2 nodes", "'a_node'", "'b_node'")),
                Arguments.of(
                        "undefined value",
                        valid().node("Add", "y,nowhere", "z").output("z"),
                        List.of("nothing defines", "'z_node'", "'nowhere'")),
                Arguments.of("undefined output", valid().output("nowhere"), List.of("'nowhere'")),
                Arguments.of("value defined twice", valid().node("Neg", "x", "y"), List.of("'y' is defined twice")),
                Arguments.of("input defined again", valid().node("Neg", "y", "x"), List.of("'x' is defined twice")),
                Arguments.of("two inputs of one name", valid().input("x", ElementType.FLOAT32, 1), List.of("'x'")),
                Arguments.of("two initializers of one name", valid().longs("w", 1), List.of("'w' is defined twice")),
                Arguments.of("no output", new TestModel(13).input("x", ElementType.FLOAT32), List.of("no output")),
                Arguments.of("shapes that do not fit", misfit(), List.of("'z_node'", "mat-mul", "3", "4")),
                Arguments.of("wrong attribute type", wrongAttribute(), List.of("'z_node'", "'axis'", "INT")),
                Arguments.of("unknown attribute", unknownAttribute(), List.of("'z_node'", "fancy")),
                Arguments.of("missing operand", valid().node("Add", "y", "z").output("z"), List.of("'z_node'")),
                Arguments.of("unsupported result", secondOfSoftmax(), List.of("'zmean_node'", "'mean'", "Softmax")),
                Arguments.of(
                        "ranks from data",
                        dataDependent(),
                        List.of("2 problems", "'y_node'", "'z_node'", "i64[length]")),
                Arguments.of("overflowing sizes", overflowing(), List.of("'z_node'", "overflow")),
                Arguments.of("old opset", valid(6), List.of("opset version 6", "7 to 27")),
                Arguments.of("new opset", valid(28), List.of("opset version 28", "7 to 27")),
                Arguments.of("old format", format(2), List.of("version 2", "3 to")),
                Arguments.of("new format", format(99), List.of("version 99", "update")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void invalidModelsAreExplained(String what, TestModel model, List<String> words) {
        SkiveException error = read(model);
        assertThat(error.code()).as(what).isEqualTo(ExitCode.INVALID_MODEL);
        assertThat(error).hasMessageContainingAll(words.toArray(CharSequence[]::new));
    }

    private static TestModel cyclic() {
        return new TestModel(13)
                .input("x", ElementType.FLOAT32, 2)
                .node("Add", "x,b", "a")
                .node("Neg", "a", "b")
                .output("b");
    }

    private static TestModel misfit() {
        return valid().constant("v", TensorData.ofFloats(new float[3], 3, 1)).node("MatMul", "y,v", "z").output("z");
    }

    private static TestModel wrongAttribute() {
        return valid().node("Softmax", "y", "z", TestModel.real("axis", 1)).output("z");
    }

    private static TestModel unknownAttribute() {
        return valid().node("Softmax", "y", "z", integer("fancy", 1)).output("z");
    }

    private static TestModel secondOfSoftmax() {
        return new TestModel(17)
                .input("x", ElementType.FLOAT32, "batch", 4)
                .nodes("Softmax", "x", List.of("z", "mean"))
                .output("z", "mean");
    }

    private static TestModel dataDependent() {
        return new TestModel(13)
                .input("x", ElementType.FLOAT32, "batch", 4)
                .input("n", ElementType.INT64, "length")
                .node("Reshape", "x,n", "y")
                .node("Expand", "x,n", "z")
                .node("Add", "y,z", "sum")
                .output("sum");
    }

    private static TestModel overflowing() {
        return new TestModel(13)
                .constant("one", TensorData.ofFloats(new float[1], 1))
                .longs("n", 1L << 40, 1L << 40)
                .node("Expand", "one,n", "y")
                .node("Flatten", "y", "z")
                .output("z");
    }

    private static TestModel valid(int opset) {
        TestModel model = valid();
        model.proto().getOpsetImportBuilder(0).setVersion(opset);
        return model;
    }

    private static TestModel format(int version) {
        TestModel model = valid();
        model.proto().setIrVersion(version);
        return model;
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = valid().bytes();
        for (int length = 0; length < bytes.length; length++) {
            SkiveException error = read(Arrays.copyOf(bytes, length), ImportOptions.DEFAULT);
            assertThat(error.code()).as("cut after %s bytes", length).isEqualTo(ExitCode.INVALID_MODEL);
        }
    }

    @Test
    void otherFilesAreRefused() {
        byte[] text = "<html>this is a page, not a model</html>".getBytes(StandardCharsets.UTF_8);
        assertThat(read(text, ImportOptions.DEFAULT))
                .hasMessageContaining("is not an ONNX model")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.INVALID_MODEL);
    }

    @Test
    void missingFilesAreAnInputError() {
        var importer = new OnnxImporter();
        assertThat(catchThrowableOfType(SkiveException.class, () -> importer.read(folder.resolve("none.onnx"))))
                .hasMessageContaining("no such file")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.IO);
        assertThat(catchThrowableOfType(SkiveException.class, () -> importer.read(folder)).code())
                .isEqualTo(ExitCode.IO);
    }

    @Test
    void allUnsupportedOperatorsAreListedAtOnce() {
        TestModel model = valid().domain("com.example");
        for (int i = 0; i < 5; i++) {
            model.node("com.example:Magic", i == 0 ? "y" : "m" + (i - 1), "m" + i);
        }
        SkiveException error = read(model.node("Unheard", "m4", "z").output("z"));
        assertThat(error.code()).isEqualTo(ExitCode.INVALID_MODEL);
        assertThat(error)
                .hasMessageContainingAll(
                        "2 operators are not supported",
                        "com.example.Magic (opset 1) 5 times: 'm0_node', 'm1_node', 'm2_node', ...",
                        "Unheard (opset 13) 1 times: 'z_node'");
    }

    @Test
    void whatWillNotBeSupportedIsSaidWithItsReason() {
        TestModel model = valid().domain("ai.onnx.preview.training").domain("com.microsoft");
        model.node("ai.onnx.preview.training:Gradient", "y", "a")
                .node("com.microsoft:BeamSearch", "a", "b")
                .node("ImageDecoder", "b", "z");
        assertThat(read(model.output("z")))
                .hasMessageContainingAll(
                        "ai.onnx.preview.training.Gradient (opset 1; only for training)",
                        "com.microsoft.BeamSearch (opset 1; a whole search for text",
                        "ImageDecoder (opset 13; decoders do not agree on pixels");
    }

    static Stream<Arguments> tensors() {
        var floats = TensorProto.newBuilder().setName("w").setDataType(TensorProto.DataType.FLOAT_VALUE);
        return Stream.of(
                Arguments.of(
                        "raw bytes too few", floats.clone().addDims(2).setRawData(zeros(7)), ExitCode.INVALID_MODEL),
                Arguments.of(
                        "raw bytes too many", floats.clone().addDims(2).setRawData(zeros(9)), ExitCode.INVALID_MODEL),
                Arguments.of("values too few", floats.clone().addDims(2).addFloatData(1), ExitCode.INVALID_MODEL),
                Arguments.of("no values", floats.clone().addDims(1L << 20), ExitCode.INVALID_MODEL),
                Arguments.of("negative size", floats.clone().addDims(-2).setRawData(zeros(8)), ExitCode.INVALID_MODEL),
                Arguments.of(
                        "sizes that overflow",
                        floats.clone().addDims(1L << 62).addDims(1L << 62).setRawData(zeros(8)),
                        ExitCode.INVALID_MODEL),
                Arguments.of(
                        "bytes that overflow",
                        floats.clone().addDims(Long.MAX_VALUE).setRawData(zeros(8)),
                        ExitCode.INVALID_MODEL),
                Arguments.of("too large", floats.clone().addDims(1L << 40), ExitCode.REFUSED),
                Arguments.of("unknown type", floats.clone().setDataType(99), ExitCode.INVALID_MODEL));
    }

    private static ByteString zeros(int count) {
        return ByteString.copyFrom(new byte[count]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tensors")
    void tensorsThatContradictThemselvesAreRefused(String what, TensorProto.Builder tensor, ExitCode code) {
        TestModel model = valid();
        model.proto().getGraphBuilder().setInitializer(0, tensor);
        SkiveException error = read(model);
        assertThat(error.code()).as(what).isEqualTo(code);
        assertThat(error).hasMessageContaining("tensor 'w'");
    }

    @Test
    void limitsAreHeld() {
        byte[] bytes = valid().bytes();
        var tight =
                ImmutableMap.of(
                        Limit.MODEL_BYTES, bytes.length - 1L,
                        Limit.FIELDS, 10L,
                        Limit.NODES, 0L,
                        Limit.TENSORS, 0L,
                        Limit.RANK, 1L,
                        Limit.TENSOR_BYTES, 63L,
                        Limit.VALUE_BYTES, 63L,
                        Limit.NAME_LENGTH, 5L);
        tight.forEach((limit, value) -> {
            SkiveException error = read(bytes, ImportOptions.DEFAULT.withLimits(Limits.DEFAULT.with(limit, value)));
            assertThat(error.code()).as("%s", limit).isEqualTo(ExitCode.REFUSED);
            assertThat(error).hasMessageContainingAll(limit.flag(), "the limit of " + value, limit.description());
        });
    }

    @Test
    void anUnknownRankAsksForAShape() {
        TestModel model = valid();
        model.proto()
                .getGraphBuilder()
                .setInput(
                        0,
                        ValueInfoProto.newBuilder()
                                .setName("x")
                                .setType(
                                        TypeProto.newBuilder()
                                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))));
        assertThat(read(model)).hasMessageContainingAll("input 'x'", "--input-shapes");
    }

    @Test
    void shapesForUnknownInputsAreAUsageError() {
        var options = ImportOptions.DEFAULT.withInputShapes(ImmutableMap.of("z", Shape.of(1)));
        assertThat(read(valid().bytes(), options).code()).isEqualTo(ExitCode.USAGE);
        var rank = ImportOptions.DEFAULT.withInputShapes(ImmutableMap.of("x", Shape.of(1)));
        assertThat(read(valid().bytes(), rank).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void cyclesBesideTheOutputsAreFoundToo() {
        TestModel model = valid();
        model.proto().getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("Neg").addInput("p").addOutput("p"));
        assertThat(read(model)).hasMessageContainingAll("cycle of 1 nodes", "'p'");
    }
}

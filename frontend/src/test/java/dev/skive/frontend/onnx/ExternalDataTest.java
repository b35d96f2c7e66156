package dev.skive.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.Constant;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reproduces the known advisories about external data as tests.
class ExternalDataTest {
    private static final int BYTES = 64;

    @TempDir private Path outside;

    private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectory(outside.resolve("model"));
        var data = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            data[i] = (byte) i;
        }
        Files.write(folder.resolve("w.bin"), data);
        Files.write(outside.resolve("secret.bin"), data);
    }

    private static TestModel model(String... entries) {
        var tensor =
                TensorProto.newBuilder()
                        .setName("w")
                        .setDataType(TensorProto.DataType.UINT8_VALUE)
                        .addDims(16)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (int i = 0; i < entries.length; i += 2) {
            tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
        }
        var model = new TestModel(17).input("x", ElementType.UINT8, 16).node("Add", "x,w", "y").output("y");
        model.proto().getGraphBuilder().addInitializer(tensor);
        return model;
    }

    private Graph read(TestModel model, ImportOptions options) {
        return new OnnxImporter(options, Diagnostics.silent()).read(model.write(folder.resolve("model.onnx")));
    }

    private SkiveException error(String... entries) {
        SkiveException error =
                catchThrowableOfType(SkiveException.class, () -> read(model(entries), ImportOptions.DEFAULT));
        assertThat(error).as(Arrays.toString(entries)).isNotNull();
        assertThat(error).hasMessageContaining("tensor 'w'");
        return error;
    }

    private static byte[] bytes(Graph graph) {
        TensorData data =
                graph.nodes().stream()
                        .flatMap(node ->
                                node.op() instanceof Constant(TensorData found)
                                        ? ImmutableList.of(found).stream()
                                        : null)
                        .findFirst()
                        .orElseThrow();
        return data.bytes().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 48})
    void takesTheRangeItNames(int offset) {
        Graph graph =
                read(
                        model(
                                "location",
                                "w.bin",
                                "offset",
                                Integer.toString(offset),
                                "length",
                                "16",
                                "checksum",
                                "C6138D514FFA2135BFCE0ED0B8FAC65669917EC7"),
                        ImportOptions.DEFAULT);
        assertThat(bytes(graph)[0]).isEqualTo((byte) offset);
        assertThat(bytes(graph)).hasSize(16);
    }

    @Test
    void filesInSubfoldersAreInside() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.copy(folder.resolve("w.bin"), folder.resolve("data/w.bin"));
        assertThat(bytes(read(model("location", "data/w.bin"), ImportOptions.DEFAULT))).hasSize(16);
        assertThat(bytes(read(model("location", "./data/w.bin"), ImportOptions.DEFAULT))).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.bin",
                "../../../../../../etc/passwd",
                "data/../../secret.bin",
                "..",
                "/etc/passwd",
                "C:\\secret.bin",
                "..\\secret.bin",
                "\\\\server\\share",
                "a\0b",
                "",
                ".",
                "sub/.. /secret.bin",
                "./../secret.bin",
                "file:///etc/passwd",
                "*/_ORT_MEM_ADDR_/*",
                "~/secret.bin",
                "w.bin\n"
            })
    void pathsOutOfTheFolderAreRefused(String location) {
        assertThat(error("location", location).code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void absolutePathsAreRefusedEvenWhenInside() {
        assertThat(error("location", folder.resolve("w.bin").toString()).code()).isEqualTo(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 16",
        "0, -16",
        "49, 16",
        "9223372036854775807, 16",
        "9223372036854775800, 16",
        "0, 9223372036854775807",
        "0, 15",
        "0, 17",
        "zero, 16",
        "0x10, 16",
        "99999999999999999999, 16"
    })
    void rangesOutsideTheFileAreInvalid(String offset, String length) {
        assertThat(error("location", "w.bin", "offset", offset, "length", length).code())
                .isEqualTo(ExitCode.INVALID_MODEL);
    }

    @Test
    void unknownAndRepeatedKeysAreRefused() {
        assertThat(error("location", "w.bin", "__class__", "x").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(error("location", "w.bin", "location", "other.bin").code()).isEqualTo(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C6138D514FFA2135BFCE0ED0B8FAC65669917EC8", "unused", ""})
    void damagedDataIsInvalid(String checksum) {
        SkiveException error = error("location", "w.bin", "checksum", checksum);
        assertThat(error.code()).isEqualTo(ExitCode.INVALID_MODEL);
        assertThat(error).hasMessageContaining("SHA-1");
    }

    @Test
    void missingFilesAreAnInputError() {
        assertThat(error("location", "none.bin"))
                .hasMessageContaining("none.bin")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.IO);
    }

    @Test
    void linksAreRefusedUnlessAllowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
        Files.createLink(folder.resolve("hard.bin"), outside.resolve("secret.bin"));
        Files.createSymbolicLink(folder.resolve("up"), outside);
        for (String location : new String[] {"link.bin", "hard.bin", "up/secret.bin"}) {
            assertThat(error("location", location).code()).as(location).isEqualTo(ExitCode.REFUSED);
            var trusting = new ImportOptions(ImmutableMap.of(), ImmutableSet.of(), Limits.DEFAULT, true);
            assertThat(bytes(read(model("location", location), trusting))).hasSize(16);
        }
    }

    @Test
    void aLinkedModelFolderIsTheUsersOwnChoice() throws IOException {
        Path link = Files.createSymbolicLink(outside.resolve("linked"), folder);
        Path path = model("location", "w.bin").write(link.resolve("model.onnx"));
        assertThat(bytes(new OnnxImporter().read(path))).hasSize(16);
    }

    @Test
    void theSumOfAllRangesIsLimited() {
        Limits limits = Limits.DEFAULT.with(Limit.EXTERNAL_BYTES, 15);
        SkiveException error =
                catchThrowableOfType(
                        SkiveException.class,
                        () -> read(model("location", "w.bin"), ImportOptions.DEFAULT.withLimits(limits)));
        assertThat(error.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void largeModelsAreWrittenWithExternalDataAndReadBack() throws IOException {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "n", 64)
                        .constant("w", new RandomTensors(1).floats(64, 64).toData())
                        .constant("small", new RandomTensors(2).floats(64).toData())
                        .node("MatMul", "x,w", "p")
                        .node("Add", "p,small", "y")
                        .output("y");
        Graph graph = read(model, ImportOptions.DEFAULT);
        Path path = folder.resolve("large.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withExternalDataThreshold(1000)).write(graph, path);
        assertThat(Files.size(folder.resolve("large.onnx.data"))).isEqualTo(64 * 64 * Float.BYTES);
        assertThat(Files.size(path)).isLessThan(2000);
        assertThat(new OnnxImporter().read(path)).isEqualTo(graph);
        var inputs = java.util.Map.of("x", new RandomTensors(3).floats(2, 64));
        assertThat(OrtSession.run(path, inputs)).isEqualTo(OrtSession.run(folder.resolve("model.onnx"), inputs));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model.onnx", "w.bin", "large.onnx", "large.onnx.data");
        }
    }

    @Test
    void weightsAreNotWrittenThroughLinks() throws IOException {
        Graph graph =
                read(
                        new TestModel(17)
                                .input("x", ElementType.FLOAT32, 1, 64)
                                .constant("w", new RandomTensors(1).floats(64, 64).toData())
                                .node("MatMul", "x,w", "y")
                                .output("y"),
                        ImportOptions.DEFAULT);
        Path secret = outside.resolve("secret.bin");
        Files.createSymbolicLink(folder.resolve("out.onnx.data"), secret);
        var exporter = new OnnxExporter(ExportOptions.DEFAULT.withExternalDataThreshold(0));
        SkiveException error =
                catchThrowableOfType(SkiveException.class, () -> exporter.write(graph, folder.resolve("out.onnx")));
        assertThat(error.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(Files.size(secret)).isEqualTo(BYTES);
        SkiveException missing =
                catchThrowableOfType(
                        SkiveException.class, () -> exporter.write(graph, folder.resolve("none/out.onnx")));
        assertThat(missing.code()).isEqualTo(ExitCode.IO);
    }

    @Test
    void aModelCanBeReplacedByItsOwnRewrite() {
        Path path =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 1, 64)
                        .constant("w", new RandomTensors(1).floats(64, 64).toData())
                        .node("MatMul", "x,w", "y")
                        .output("y")
                        .write(folder.resolve("model.onnx"));
        Graph graph = new OnnxImporter().read(path);
        new OnnxExporter(ExportOptions.DEFAULT.withExternalDataThreshold(0)).write(graph, path);
        Graph again = new OnnxImporter().read(path);
        new OnnxExporter(ExportOptions.DEFAULT.withExternalDataThreshold(0)).write(again, path);
        assertThat(new OnnxImporter().read(path)).isEqualTo(graph);
    }
}

package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.weights.Npz;
import dev.skive.frontend.weights.Safetensors;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tensors of files, by their names in a text.
final class WeightFilesTest {
    private static final TensorData A = TensorData.ofFloats(new float[] {1, 2}, 2);
    private static final TensorData B = TensorData.ofFloats(new float[] {3, 4}, 2);

    @TempDir private Path folder;
    private Path models = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        write("w.safetensors", ImmutableMap.of("layers.0.a", A, "layers.1.a", B));
        Npz.write(ImmutableMap.of("b", B, "layers.0.a", B), models.resolve("w.npz"));
        Npz.write(ImmutableMap.of("x", A), folder.resolve("outside.npz"));
    }

    private void write(String name, ImmutableMap<String, TensorData> tensors) {
        Safetensors.write(tensors, models.resolve(name));
    }

    private Graph read(String text) {
        return read(text, new ModelReader());
    }

    private Graph read(String text, ModelReader reader) {
        try {
            return reader.read(Files.writeString(models.resolve("m.skg"), text));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private SkiveException refusal(String text) {
        return catchThrowableOfType(SkiveException.class, () -> read(text));
    }

    private static TensorData output(Graph graph, String name) {
        return graph.outputs().entrySet().stream()
                .filter(output -> output.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .constant()
                .orElseThrow();
    }

    @Test
    void namesArePutTogetherWithNumbers() {
        Graph graph =
                read(
                        """
                        weights "w.safetensors"
                        fn a(name: text) { return weight("{name}.a", f32[2]) }
                        graph g() {
                          last = weight("layers.0.a")
                          repeat i in 0..2 { last = a("layers.{i}") }
                          return last, first = weight("layers.0.a")
                        }
                        """);
        assertThat(output(graph, "last")).isEqualTo(B);
        assertThat(output(graph, "first")).isEqualTo(A);
        assertThat(output(graph, "first").bytes().isMapped()).isTrue();
    }

    @Test
    void severalFilesHaveNames() {
        String files = "weights \"w.safetensors\" weights \"w.npz\" as z\n";
        Graph graph =
                read(files + "graph g() { return a = weight(\"layers.0.a\"), b = z(\"layers.0.a\"), c = z(\"b\") }");
        assertThat(output(graph, "a")).isEqualTo(A);
        assertThat(output(graph, "b")).isEqualTo(B);
        assertThat(
                        refusal(
                                "weights \"w.safetensors\" weights \"w.npz\" graph g() { return a = weight(\"layers.0.a\") }"))
                .hasMessageContaining(
                        "tensor 'layers.0.a' is in 'w.safetensors' and in 'w.npz'; call one of the files:"
                                + " weights \"...\" as a, then a(\"layers.0.a\")");
        assertThat(refusal("weights \"w.npz\" as Relu graph g() { return Relu(\"b\") }"))
                .hasMessageContaining("m.skg:1:9: the name 'Relu' is taken");
    }

    @Test
    void braceCanStandInNames() throws IOException {
        write("odd.safetensors", ImmutableMap.of("a{0}", A));
        assertThat(output(read("weights \"odd.safetensors\" graph g() { return a = weight(\"a{{0}}\") }"), "a"))
                .isEqualTo(A);
    }

    @Test
    void unboundWeightsAreNamed() {
        assertThat(refusal("weights \"w.safetensors\"\ngraph g() { return a = weight(\"layer.0.a\") }"))
                .hasMessage(
                        """
                        %s:2:31: no tensor 'layer.0.a' in 'w.safetensors', which has 2; did you mean 'layers.0.a'?
                            graph g() { return a = weight("layer.0.a") }
                                                          ^\
                        """
                                .formatted(models.resolve("m.skg")))
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.INVALID_MODEL);
        assertThat(refusal("weights \"w.safetensors\" graph g() { return a = weight(\"layers.0.a\", f32[2, 1]) }"))
                .hasMessageContaining("tensor 'layers.0.a' is f32[2] in 'w.safetensors', expected f32[2, 1]");
    }

    @Test
    void filesLieInTheFolderOfTheModel() throws IOException {
        Files.createSymbolicLink(models.resolve("link.npz"), folder.resolve("outside.npz"));
        Files.createLink(models.resolve("hard.npz"), folder.resolve("outside.npz"));
        Files.createDirectory(models.resolve("folder.npz"));
        assertRefused("../outside.npz", ExitCode.REFUSED, "weights '../outside.npz' is not inside the model's folder");
        assertRefused("a/../../outside.npz", ExitCode.REFUSED, "is not inside the model's folder");
        assertRefused("/etc/passwd.npz", ExitCode.REFUSED, "is not inside the model's folder");
        assertRefused("link.npz", ExitCode.REFUSED, "leads through a symbolic link");
        assertRefused("hard.npz", ExitCode.REFUSED, "is a hard link");
        assertRefused("folder.npz", ExitCode.REFUSED, "is not a plain file");
        assertRefused("none.npz", ExitCode.IO, "weights file 'none.npz' is missing in");
    }

    private void assertRefused(String file, ExitCode code, String message) {
        assertThat(refusal("weights \"%s\" graph g() { return a = weight(\"x\") }".formatted(file)))
                .hasMessageContaining("m.skg:1:9: ")
                .hasMessageContaining(message)
                .extracting(SkiveException::code)
                .isEqualTo(code);
    }

    @Test
    void anotherFileCanTakeThePlace() {
        var reader = new ModelReader().withWeights(folder.resolve("outside.npz"));
        assertThat(output(read("weights random(7) graph g() { return a = weight(\"x\", f32[2]) }", reader), "a"))
                .isEqualTo(A);
        assertThat(catchThrowableOfType(SkiveException.class, () -> read("graph g() { return f32[] { 1 } }", reader)))
                .hasMessageContaining("can take the place of one file of weights, but")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.USAGE);
        var unknown = new ModelReader(ImportOptions.DEFAULT).withWeights(Path.of("a.pt"));
        assertThat(
                        catchThrowableOfType(
                                SkiveException.class,
                                () -> read("weights random(7) graph g() { return f32[] { 1 } }", unknown)))
                .hasMessageStartingWith("'a.pt' is no file of weights that is known")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void checkpointsAreFilesOfWeights() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(4 * (7 + 2 * 2 + 2 * 4 + 4 * 4 + 3 * 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : new int[] {2, 2, 1, 1, 1, 2, 1}) {
            file.putInt(number);
        }
        int numbers = 2 * 2 + 2 + 2 + 4 * 4 + 3 * 4 + 2 + 1 + 1;
        byte[] bytes = java.util.Arrays.copyOf(file.array(), 4 * (7 + numbers));
        Files.write(models.resolve("w.bin"), bytes);
        Graph graph =
                read("weights \"w.bin\" graph g() { return a = weight(\"layers.0.attention.wq.weight\", f32[2, 2]) }");
        assertThat(output(graph, "a").bytes().isMapped()).isTrue();
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path file = Files.write(models.resolve("a.skg"), new byte[] {(byte) 0xff, 0});
        assertThat(catchThrowableOfType(SkiveException.class, () -> new ModelReader().read(file)))
                .hasMessageContaining("is not UTF-8 text");
        assertThat(catchThrowableOfType(SkiveException.class, () -> new ModelReader().read(models)))
                .hasMessageContaining("is not a plain file");
        assertThat(catchThrowableOfType(SkiveException.class, () -> new ModelReader().read(models.resolve("b.skg"))))
                .hasMessageContaining("no such file")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.IO);
    }
}

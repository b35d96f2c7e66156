package dev.skive.verify.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OrtReferenceTest {
    private static final Dim N = Dim.symbol("n");

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT8", "BOOL"})
    void everyElementTypeGoesThrough(ElementType element) {
        Graph graph = SmallModels.transposed(element, N, Dim.of(2));
        try (OrtReference reference = open(graph)) {
            for (int rows = 0; rows < 4; rows++) {
                Tensor x = random(element, rows, 2);
                var expected = new Interpreter(Precision.DECLARED).run(graph, Map.of("x", x));
                assertThat(reference.run(Map.of("x", x))).isEqualTo(expected);
            }
        }
    }

    @Test
    void scalarsGoThrough() {
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[] {2.5});
        try (OrtReference reference = open(SmallModels.transposed(ElementType.FLOAT32))) {
            assertThat(reference.run(Map.of("x", x))).isEqualTo(Map.of("y", x));
        }
    }

    private OrtReference open(Graph graph) {
        return OrtReference.open(SmallModels.file(graph, folder), OrtOptions.DEFAULT);
    }

    private static Tensor random(ElementType element, long... sizes) {
        int count = Math.toIntExact(java.util.Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        var random = new Random(count);
        if (element.isReal()) {
            double[] values = random.doubles(count, -2, 2).toArray();
            return Tensor.of(Tensor.ofReals(element, values, sizes).toData());
        }
        long[] values =
                random.longs(count)
                        .map(value -> element == ElementType.BOOL ? value & 1 : element.wrap(value))
                        .toArray();
        return Tensor.ofIntegers(element, values, sizes);
    }

    @Test
    void everyWayToRunGivesTheSameNumbers() throws IOException {
        Graph graph = SmallModels.linear();
        Path file = SmallModels.file(graph, folder);
        Map<String, Tensor> inputs = Map.of("x", random(ElementType.FLOAT32, 3, 6));
        OrtOptions plain = OrtOptions.DEFAULT.withOptimization(OrtOptions.Optimization.NONE);
        try (OrtReference fromFile = OrtReference.open(file, plain);
                OrtReference fromBytes = OrtReference.of(Files.readAllBytes(file), plain.withSpinning(false));
                OrtReference threaded = OrtReference.open(file, plain.withThreads(2));
                OrtReference.PreparedRun prepared = fromFile.prepare(inputs)) {
            Map<String, Tensor> outputs = fromFile.run(inputs);
            prepared.run();
            prepared.run();
            assertThat(prepared.outputs()).isEqualTo(outputs);
            assertThat(fromBytes.run(inputs)).isEqualTo(outputs);
            assertThat(threaded.run(inputs)).isEqualTo(outputs);
            assertThat(fromFile.inputNames()).containsExactly("x");
            assertThat(fromFile.name()).isEqualTo("onnxruntime");
        }
    }

    @Test
    void whatItCannotLoadIsAFailedCheck() {
        assertThatThrownBy(() -> OrtReference.open(folder.resolve("missing.onnx"), OrtOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.CHECK_FAILED))
                .hasMessageContaining("ONNX Runtime cannot load")
                .hasMessageContaining("missing.onnx");
        assertThatThrownBy(() -> OrtReference.of(new byte[] {1, 2, 3}, OrtOptions.DEFAULT))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("ONNX Runtime cannot load a model of 3 bytes");
    }

    @Test
    void wrongInputsAreNamed() {
        Tensor fits = random(ElementType.FLOAT32, 3, 6);
        try (OrtReference reference = open(SmallModels.linear())) {
            assertThatThrownBy(() -> reference.run(Map.of("z", fits)))
                    .isInstanceOfSatisfying(
                            SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.USAGE))
                    .hasMessage("the model takes the inputs [x], given are [z]");
            assertThatThrownBy(() -> reference.run(Map.of("x", random(ElementType.FLOAT32, 3, 5))))
                    .isInstanceOf(SkiveException.class)
                    .hasMessageStartingWith("ONNX Runtime failed: ");
            Tensor unsigned = Tensor.ofIntegers(ElementType.UINT16, new long[18], 3, 6);
            assertThatThrownBy(() -> reference.run(Map.of("x", unsigned)))
                    .hasMessage("input 'x': ONNX Runtime's Java interface does not take u16");
            assertThat(reference.run(Map.of("x", fits))).containsOnlyKeys("y");
        }
    }

    @Test
    void threadsAreCounted() {
        assertThatThrownBy(() -> OrtOptions.DEFAULT.withThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be 1 or more, found 0");
    }
}

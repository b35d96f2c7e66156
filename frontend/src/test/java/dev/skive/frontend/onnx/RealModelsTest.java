package dev.skive.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole models as their authors published them.
class RealModelsTest {
    private static final int BATCH = 2;
    private static final int SEQUENCE = 7;

    @TempDir private Path folder;

    private Path resource(String name) throws IOException {
        Path path = folder.resolve(name);
        try (var stream = RealModelsTest.class.getResourceAsStream("/" + name)) {
            Files.copy(Objects.requireNonNull(stream, name), path);
        }
        return path;
    }

    @Test
    void miniLm() throws IOException {
        Path path = resource("all-minilm-l6-v2.onnx");
        var warnings = new ArrayList<String>();
        Graph graph = new OnnxImporter(ImportOptions.DEFAULT, warnings::add).read(path);
        assertThat(warnings).singleElement().asString().contains("'batch'");
        assertThat(graph.inputs().stream().map(Value::shape).distinct())
                .containsExactly(Shape.of(Dim.symbol("batch"), Dim.symbol("batch.1")));
        assertThat(graph.outputs().keySet()).containsExactly("output_0", "882");
        checkRoundTrip(path, graph);
    }

    @Test
    void bgeSmall() throws IOException {
        Path path = resource("bge-small-en-v1.5.onnx");
        Graph graph = new OnnxImporter().read(path);
        assertThat(graph.inputs().stream().map(Value::type).map(Object::toString).distinct())
                .containsExactly("i64[batch_size,sequence_length]");
        checkRoundTrip(path, graph);
    }

    static Stream<Path> sharedModels() {
        Path models = Path.of("..", "..", "shared", "data", "models");
        try (var files = Files.isDirectory(models) ? Files.walk(models) : Stream.<Path>empty()) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
            // One entry that is reported as not run, rather than no test at all.
            return found.isEmpty() ? Stream.of(models) : found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sharedModels")
    void sharedModel(Path path) {
        Assumptions.assumeTrue(Files.isRegularFile(path), "the shared models are not here");
        Graph graph;
        try {
            graph = new OnnxImporter().read(path);
        } catch (SkiveException e) {
            assertThat(e).hasMessageContaining("not supported");
            Assumptions.abort(e.getMessage());
            return;
        }
        checkRoundTrip(path, graph);
    }

    private void checkRoundTrip(Path original, Graph graph) {
        GraphVerifier.verify(graph);
        int opset = 17;
        Path written = folder.resolve("written.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(opset)).write(graph, written);
        assertThat(new OnnxImporter().read(written)).isEqualTo(graph);
        ImmutableMap<String, Tensor> inputs = inputs(graph);
        assertThat(OrtSession.run(written, inputs)).isEqualTo(OrtSession.run(original, inputs));
        try (var before = new OrtSession(original, true);
                var after = new OrtSession(written, true)) {
            ImmutableMap<String, Tensor> expected = before.run(inputs);
            after.run(inputs)
                    .forEach((name, tensor) ->
                            assertThat(relativeError(Objects.requireNonNull(expected.get(name)), tensor))
                                    .as(name)
                                    .isLessThanOrEqualTo(1e-6));
        }
    }

    private static double relativeError(Tensor expected, Tensor actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.count(); i++) {
            difference += Math.pow(expected.reals()[i] - actual.reals()[i], 2);
            norm += Math.pow(expected.reals()[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    private static ImmutableMap<String, Tensor> inputs(Graph graph) {
        var random = new RandomTensors(1);
        var inputs = ImmutableMap.<String, Tensor>builder();
        for (Value value : graph.inputs()) {
            String name = ((Input) value.node().op()).name();
            var type = (TensorType) value.type();
            var sizes = new long[type.shape().rank()];
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = type.shape().dim(axis).ifKnown().orElse(axis == 0 ? BATCH : SEQUENCE);
            }
            boolean isFlag = name.contains("mask") || name.contains("type");
            inputs.put(
                    name,
                    type.element() == ElementType.INT64
                            ? random.integers(ElementType.INT64, 0, isFlag ? 2 : 60, sizes)
                            : random.floats(sizes));
        }
        return inputs.buildOrThrow();
    }
}

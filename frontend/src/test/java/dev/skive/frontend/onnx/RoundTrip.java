package dev.skive.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Holds a model against ONNX Runtime twice: its import in the interpreter, and the export of its import.
///
/// @param roundings how many roundings an element of a result goes through in the model
public record RoundTrip(int roundings) {
    /// The largest relative error of one rounding; what is wider than float32 may be computed in it.
    private static double unit(ElementType element) {
        return switch (element) {
            case FLOAT16 -> 0x1p-11;
            case BFLOAT16 -> 0x1p-8;
            default -> 0x1p-24;
        };
    }

    /// Runs a model in all three ways for these inputs.
    public void check(TestModel model, Map<String, Tensor> inputs, int... opsets) {
        try {
            Path folder = Files.createTempDirectory("skive-test");
            Path original = model.write(folder.resolve("model.onnx"));
            Path written = folder.resolve("written.onnx");
            try {
                ImmutableMap<String, Tensor> expected = OrtSession.run(original, inputs);
                Graph graph = GraphVerifier.verify(new OnnxImporter().read(original));
                compare("interpreter", expected, new Interpreter(Precision.DECLARED).run(graph, inputs));
                for (int opset : opsets) {
                    new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(opset)).write(graph, written);
                    compare("export for opset " + opset, expected, OrtSession.run(written, inputs));
                }
            } finally {
                Files.deleteIfExists(written);
                Files.deleteIfExists(original);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Compares outputs by name.
    public void compare(String what, Map<String, Tensor> expected, Map<String, Tensor> actual) {
        assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) ->
                compare(what + ", output '" + name + "'", tensor, Objects.requireNonNull(actual.get(name))));
    }

    private void compare(String what, Tensor expected, Tensor actual) {
        assertThat(actual.type()).as(what).isEqualTo(expected.type());
        if (!expected.element().isReal()) {
            assertThat(actual.integers()).as(what).isEqualTo(expected.integers());
            assertThat(actual.text()).as(what).isEqualTo(expected.text());
            return;
        }
        double largest = 1;
        for (double value : expected.reals()) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        double tolerance = roundings * unit(expected.element()) * largest;
        for (int i = 0; i < expected.count(); i++) {
            double a = expected.reals()[i];
            double b = actual.reals()[i];
            boolean same = Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance;
            assertThat(same).as("%s, element %s: expected %s, found %s", what, i, a, b).isTrue();
        }
    }
}

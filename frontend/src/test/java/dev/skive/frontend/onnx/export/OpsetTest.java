package dev.skive.frontend.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.OrtSession;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators of the IR that no ONNX model has as such, written for every opset that matters and run by ONNX Runtime.
class OpsetTest {
    private static final Origin HERE = Origin.of("here");
    private static final Dim BATCH = Dim.symbol("batch");
    private static final Dim LENGTH = Dim.symbol("length");
    private static final RoundTrip CHECK = new RoundTrip(64);

    @TempDir private Path folder;

    private final GraphBuilder builder = new GraphBuilder("test");
    private final RandomTensors random = new RandomTensors(7);

    private Value input(String name, Dim... dims) {
        return builder.input(name, new TensorType(ElementType.FLOAT32, Shape.of(dims)));
    }

    private Value constant(long... sizes) {
        return builder.constant(HERE, random.floats(sizes).toData());
    }

    private void check(int opset, Map<String, Tensor> inputs) {
        Graph graph = builder.build();
        Path path = folder.resolve("model.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(opset)).write(graph, path);
        Map<String, Tensor> expected = new Interpreter(Precision.DECLARED).run(graph, inputs);
        CHECK.compare("opset " + opset, expected, OrtSession.run(path, inputs));
        CHECK.compare(
                "read back from opset " + opset,
                expected,
                new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(path), inputs));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void everyOperatorOfAnEncoder(int opset) {
        Value x = input("x", BATCH, LENGTH, Dim.of(12));
        Value mask = input("mask", BATCH, Dim.ONE, Dim.ONE, LENGTH);
        Value ids = builder.input("ids", new TensorType(ElementType.INT64, Shape.of(BATCH, LENGTH)));
        Value row = builder.input("row", new TensorType(ElementType.INT64, Shape.of(LENGTH)));
        Value q = builder.add(HERE, new Linear(), x, constant(12, 16), constant(16));
        Value k = builder.add(HERE, new Linear(), x, constant(12, 8), constant(8));
        Value v = builder.add(HERE, new Linear(), x, constant(12, 6));
        Value attended = builder.add(HERE, new Attention(4, 2, 0.5), q, k, v, mask);
        Value normalized = builder.add(HERE, new LayerNorm(2, 1e-5), attended, constant(12), constant(12));
        Value scaled = builder.add(HERE, new RmsNorm(2, 1e-5), normalized, constant(1));
        Value active = builder.add(HERE, new Gelu(Gelu.Form.ERF), scaled);
        builder.output("gelu", builder.add(HERE, new Gelu(Gelu.Form.TANH), active));
        builder.output("sum", builder.add(HERE, new EmbeddingSum(), constant(9, 5), ids, constant(9, 5), row));
        var maskValues = Tensor.ofReals(ElementType.FLOAT32, new double[] {0, 0, -1000, 0, 0, 0}, 2, 1, 1, 3);
        check(
                opset,
                Map.of(
                        "x", random.floats(2, 3, 12),
                        "mask", maskValues,
                        "ids", random.integers(ElementType.INT64, 0, 9, 2, 3),
                        "row", random.integers(ElementType.INT64, 0, 9, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 24, 25})
    void attentionOfTheStandard(int opset) {
        Value x = input("x", BATCH, LENGTH, Dim.of(12));
        Value mask = input("mask", BATCH, Dim.ONE, LENGTH, LENGTH);
        builder.output("y", builder.add(HERE, new Attention(3, 3, 0.5), x, x, x, mask));
        builder.output("z", builder.add(HERE, new Attention(3, 1, 0.25), x, slice(x, 4), slice(x, 4)));
        builder.output("n", builder.add(HERE, new RmsNorm(2, 1e-5), x, constant(12)));
        check(opset, Map.of("x", random.floats(2, 3, 12), "mask", random.floats(2, 1, 3, 3)));
    }

    private Value slice(Value x, long width) {
        return builder.add(HERE, Slice.along(x.shape(), 2, Dim.ZERO, Dim.of(width)), x);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 18})
    void sizesThatNeedArithmetic(int opset) {
        Value x = input("x", BATCH, LENGTH, Dim.of(4));
        Value flat = builder.add(HERE, new Reshape(ImmutableList.of(BATCH.times(LENGTH), Dim.of(4))), x);
        builder.output(
                "apart", builder.add(HERE, new Reshape(ImmutableList.of(Dim.ONE, LENGTH, BATCH, Dim.of(4))), flat));
        Dim half = LENGTH.floorDivide(2);
        builder.output("half", builder.add(HERE, Slice.along(x.shape(), 1, half, LENGTH.minus(half)), x));
        builder.output("least", builder.add(HERE, Slice.along(x.shape(), 1, Dim.ZERO, LENGTH.min(Dim.of(2))), x));
        builder.output("last", builder.add(HERE, Slice.along(x.shape(), 1, LENGTH.plus(-1), Dim.ONE), x));
        Value zero = builder.constant(HERE, random.integers(ElementType.INT64, 0, 1).toData());
        Value one = builder.constant(HERE, random.integers(ElementType.INT64, 1, 2).toData());
        Dim count = LENGTH.times(2).plus(BATCH).minus(Dim.ONE).max(LENGTH.plus(3));
        builder.output("range", builder.add(HERE, new Range(count), zero, one));
        builder.output("shape", builder.add(HERE, new ShapeOf(1, 3), x));
        check(opset, Map.of("x", random.floats(1, 5, 4)));
        check(opset, Map.of("x", random.floats(3, 3, 4)));
    }

    @Test
    void sizesThatBroadcast() {
        input("x", BATCH, LENGTH);
        var dims = ImmutableList.of(Dim.broadcast(BATCH, LENGTH));
        builder.output("y", builder.add(HERE, new Expand(dims), constant()));
        Path path = folder.resolve("model.onnx");
        new OnnxExporter().write(builder.build(), path);
        for (long[] sizes : new long[][] {{1, 4}, {4, 1}, {4, 4}, {0, 1}}) {
            var result = OrtSession.run(path, Map.of("x", random.floats(sizes))).values().asList().getFirst();
            assertThat(result.count()).as(Arrays.toString(sizes)).isEqualTo((int) sizes[sizes[0] == 1 ? 1 : 0]);
        }
    }

    @Test
    void outputsThatAreInputsConstantsOrTheSame() {
        Value x = input("x", BATCH);
        Value weight = constant(3);
        Value y = builder.add(HERE, new Gelu(Gelu.Form.ERF), x);
        builder.output("y", y);
        builder.output("x", x);
        builder.output("again", x);
        builder.output("twice", y);
        builder.output("here", weight);
        check(17, Map.of("x", random.floats(4)));
    }

    @Test
    void sizesOfZero() {
        Value x = input("x", BATCH, Dim.of(4));
        Value none = builder.add(HERE, Slice.along(x.shape(), 1, Dim.ZERO, Dim.ZERO), x);
        builder.output("y", builder.add(HERE, new Reshape(ImmutableList.of(Dim.ZERO, Dim.of(7))), none));
        check(14, Map.of("x", random.floats(3, 4)));
        var old = new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(13));
        Graph graph = builder.build();
        SkiveException error =
                catchThrowableOfType(SkiveException.class, () -> old.write(graph, folder.resolve("old.onnx")));
        assertThat(error.code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 28})
    void otherOpsetsAreAUsageError(int opset) {
        SkiveException error =
                catchThrowableOfType(SkiveException.class, () -> ExportOptions.DEFAULT.withTargetOpset(opset));
        assertThat(error.code()).isEqualTo(ExitCode.USAGE);
        assertThat(error).hasMessageContaining("13 to 27");
    }
}

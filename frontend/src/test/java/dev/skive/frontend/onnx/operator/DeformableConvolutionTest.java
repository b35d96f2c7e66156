package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Convolutions with states and with offsets, against sums by hand.
class DeformableConvolutionTest {
    private static final int KERNEL_ROWS = 3;
    private static final int KERNEL_COLUMNS = 2;

    private record Case(Tensor x, Tensor w, Tensor offset, Tensor mask, int groups, int offsetGroups, int stride) {
        private double pixel(int plane, int row, int column) {
            boolean inside = row >= 0 && column >= 0 && row < x.size(2) && column < x.size(3);
            return inside ? x.reals()[(plane * x.size(2) + row) * x.size(3) + column] : 0;
        }

        private double sample(int plane, double row, double column) {
            int top = (int) Math.floor(row);
            int left = (int) Math.floor(column);
            double down = row - top;
            double across = column - left;
            return (1 - down) * ((1 - across) * pixel(plane, top, left) + across * pixel(plane, top, left + 1))
                    + down * ((1 - across) * pixel(plane, top + 1, left) + across * pixel(plane, top + 1, left + 1));
        }

        private double found(int image, int channel, int tap, int row, int column) {
            int group = channel / (x.size(1) / offsetGroups);
            int taps = KERNEL_ROWS * KERNEL_COLUMNS;
            int place = row * offset.size(3) + column;
            int plane = offset.size(2) * offset.size(3);
            int first = ((image * offsetGroups + group) * taps + tap) * 2;
            double y = row * stride - 1 + tap / KERNEL_COLUMNS + offset.reals()[first * plane + place];
            double across = column * stride + tap % KERNEL_COLUMNS * 2 + offset.reals()[(first + 1) * plane + place];
            double weight = mask.reals()[((image * offsetGroups + group) * taps + tap) * plane + place];
            return weight * sample(image * x.size(1) + channel, y, across);
        }

        private double result(int image, int output, int row, int column) {
            int inside = w.size(1);
            int group = output / (w.size(0) / groups);
            double sum = 0;
            for (int c = 0; c < inside; c++) {
                for (int tap = 0; tap < KERNEL_ROWS * KERNEL_COLUMNS; tap++) {
                    sum +=
                            w.reals()[(output * inside + c) * KERNEL_ROWS * KERNEL_COLUMNS + tap]
                                    * found(image, group * inside + c, tap, row, column);
                }
            }
            return sum;
        }
    }

    private static Tensor run(Graph graph, Map<String, Tensor> inputs) {
        return new Interpreter(Precision.DECLARED).run(graph, inputs).values().iterator().next();
    }

    @Property(tries = 40)
    void deforms(
            @ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 2) int offsetGroups,
            @ForAll @IntRange(min = 1, max = 2) int stride,
            @ForAll boolean masked,
            @ForAll long seed)
            throws IOException {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 4, 5, 7);
        Tensor w = random.floats(2L * groups, 4 / groups, KERNEL_ROWS, KERNEL_COLUMNS);
        int taps = KERNEL_ROWS * KERNEL_COLUMNS * offsetGroups;
        // A row of padding above, and columns two apart.
        int rows = (5 + 1 - 3) / stride + 1;
        int columns = (7 - 3) / stride + 1;
        Tensor offset = random.floatsBetween(-2.5, 2.5, 2, 2L * taps, rows, columns);
        Tensor factors = random.floatsBetween(0, 1, 2, taps, rows, columns);
        Tensor mask =
                masked
                        ? factors
                        : Tensor.ofReals(
                                factors.element(),
                                DoubleStream.generate(() -> 1).limit(factors.count()).toArray(),
                                factors.sizes());
        var node = new OneNode(22, seed % 2 == 0).input("x", x, 1).constant("w", w).input("o", offset);
        Tensor bias = random.floats(2L * groups);
        node.constant("b", bias);
        if (masked) {
            node.input("m", mask);
        }
        var model =
                node.model(
                        "DeformConv",
                        List.of("y"),
                        List.of(
                                integer("group", groups),
                                integer("offset_group", offsetGroups),
                                integers("strides", stride, stride),
                                integers("dilations", 1, 2),
                                integers("pads", 1, 0, 0, 0)));
        Path file = model.write(Files.createTempFile("skive", ".onnx"));
        Tensor y = run(new OnnxImporter().read(file), node.inputs());
        Files.delete(file);
        assertThat(y.sizes()).containsExactly(2, 2L * groups, rows, columns);
        var expected = new Case(x, w, offset, mask, groups, offsetGroups, stride);
        for (int i = 0; i < y.count(); i++) {
            int output = i / (rows * columns) % (2 * groups);
            double value = expected.result(i / (rows * columns * 2 * groups), output, i / columns % rows, i % columns);
            assertThat(y.reals()[i]).isCloseTo(value + bias.reals()[output], within(1e-4));
        }
    }

    @Property(tries = 40)
    void carriesStates(
            @ForAll @IntRange(min = 1, max = 4) int kernel,
            @ForAll @IntRange(min = 1, max = 5) int length,
            @ForAll @IntRange(min = 0, max = 2) int given,
            @ForAll boolean activated,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        var node =
                new OneNode(17, seed % 2 == 0)
                        .input("x", random.floats(2, 3, length), 1)
                        .constant("w", random.floats(3, 1, kernel));
        if (given > 0) {
            node.constant("b", random.floats(3));
        }
        if (given > 1) {
            node.input("s", random.floats(2, 3, kernel - 1), 2);
        }
        node.check(
                new RoundTrip(64),
                "com.microsoft:CausalConvWithState",
                List.of("y", "z"),
                List.of(text("activation", activated ? "silu" : "none")),
                IntStream.of(17).toArray());
    }
}

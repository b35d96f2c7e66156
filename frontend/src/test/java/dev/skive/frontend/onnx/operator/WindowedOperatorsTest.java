package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Convolutions and pooling against ONNX Runtime, over random windows.
class WindowedOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(512);
    private static final int OPSET = 22;

    private static TestModel model(int opset, Tensor x) {
        var model = new TestModel(opset).input("x", x.element(), declared(true, "x", x.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    private static Tensor image(RandomTensors random, int rank, long channels) {
        return random.floats(
                LongStream.concat(
                                LongStream.of(1 + random.random().nextInt(2), channels),
                                random.random().longs(rank, 7, 12))
                        .toArray());
    }

    private static long[] draw(Random random, int count, int least, int most) {
        return random.longs(count, least, most + 1L).toArray();
    }

    /// Random strides and padding; where padding is computed, no dilations, which ORT does not take, and no strides beyond
    /// the window, for which ORT pads by negative numbers.
    private static List<AttributeProto> window(Random random, int rank, long[] kernel, boolean dilated) {
        var attributes = new ArrayList<AttributeProto>();
        long[] strides = draw(random, rank, 1, 3);
        String padding =
                List.of("NOTSET", "NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID").get(random.nextInt(6));
        boolean same = padding.startsWith("SAME");
        attributes.add(text("auto_pad", padding));
        attributes.add(
                integers(
                        "strides",
                        IntStream.range(0, rank)
                                .mapToLong(axis -> same ? Math.min(strides[axis], kernel[axis]) : strides[axis])
                                .toArray()));
        if (padding.equals("NOTSET")) {
            long[] pads = IntStream.range(0, 2 * rank).mapToLong(i -> random.nextLong(kernel[i % rank])).toArray();
            attributes.add(integers("pads", pads));
        }
        if (dilated && !same) {
            attributes.add(integers("dilations", draw(random, rank, 1, 2)));
        }
        return attributes;
    }

    @Property(tries = 120)
    void convolves(@ForAll @IntRange(min = 1, max = 3) int rank, @ForAll long seed) {
        var random = new RandomTensors(seed);
        int groups = List.of(1, 1, 2, 3).get(random.random().nextInt(4));
        int inside = 1 + random.random().nextInt(3);
        int outside = 1 + random.random().nextInt(4);
        Tensor x = image(random, rank, (long) groups * inside);
        long[] kernel = draw(random.random(), rank, 1, 3);
        Tensor weight =
                random.floats(
                        LongStream.concat(LongStream.of((long) groups * outside, inside), LongStream.of(kernel))
                                .toArray());
        boolean biased = random.random().nextBoolean();
        List<AttributeProto> attributes = window(random.random(), rank, kernel, true);
        attributes.add(integer("group", groups));
        if (random.random().nextBoolean()) {
            attributes.add(integers("kernel_shape", kernel));
        }
        TestModel model = model(OPSET, x).constant("w", weight.toData());
        model.constant("b", random.floats((long) groups * outside).toData());
        model.node("Conv", biased ? "x,w,b" : "x,w", "y", attributes.toArray(AttributeProto[]::new)).output("y");
        CHECK.check(model, Map.of("x", x), 13, OPSET);
    }

    @Property(tries = 120)
    void transposes(@ForAll @IntRange(min = 1, max = 3) int rank, @ForAll long seed) {
        var random = new RandomTensors(seed);
        int groups = 1 + random.random().nextInt(2);
        int outside = 1 + random.random().nextInt(3);
        Tensor x = image(random, rank, 2L * groups);
        long[] kernel = draw(random.random(), rank, 1, 3);
        // ORT gives less than the operand's sizes times the strides when those are beyond the kernel.
        boolean same = random.random().nextInt(3) == 0;
        long[] strides = LongStream.of(kernel).map(size -> 1 + random.random().nextLong(same ? size : 3)).toArray();
        Tensor weight =
                random.floats(LongStream.concat(LongStream.of(x.size(1), outside), LongStream.of(kernel)).toArray());
        var attributes = new ArrayList<AttributeProto>(List.of(integer("group", groups), integers("strides", strides)));
        switch (same ? 0 : 1 + random.random().nextInt(3)) {
            case 0 -> attributes.add(text("auto_pad", random.random().nextBoolean() ? "SAME_UPPER" : "SAME_LOWER"));
            case 1 -> {
                attributes.add(
                        integers(
                                "output_shape",
                                IntStream.range(0, rank)
                                        .mapToLong(
                                                axis -> x.size(axis + 2) * strides[axis] - random.random().nextInt(2))
                                        .toArray()));
                attributes.add(text("auto_pad", random.random().nextBoolean() ? "SAME_UPPER" : "NOTSET"));
            }
            default -> {
                attributes.add(integers("dilations", draw(random.random(), rank, 1, 2)));
                attributes.add(
                        integers(
                                "output_padding",
                                LongStream.of(strides).map(stride -> random.random().nextLong(stride)).toArray()));
                attributes.add(
                        integers(
                                "pads",
                                IntStream.range(0, 2 * rank)
                                        .mapToLong(i -> random.random().nextLong(kernel[i % rank]))
                                        .toArray()));
            }
        }
        TestModel model = model(OPSET, x).input("w", ElementType.FLOAT32, declared(false, "w", weight.sizes()));
        model.node("ConvTranspose", "x,w", "y", attributes.toArray(AttributeProto[]::new)).output("y");
        CHECK.check(model, Map.of("x", x, "w", weight), 13, OPSET);
    }

    @Property(tries = 150)
    void pools(@ForAll @IntRange(min = 1, max = 3) int rank, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = image(random, rank, 2);
        long[] kernel = draw(random.random(), rank, 1, 3);
        TestModel model = model(OPSET, x);
        for (String type : List.of("MaxPool", "AveragePool", "LpPool")) {
            List<AttributeProto> attributes = window(random.random(), rank, kernel, true);
            attributes.add(integers("kernel_shape", kernel));
            attributes.add(integer("ceil_mode", random.random().nextInt(2)));
            if (type.equals("AveragePool")) {
                attributes.add(integer("count_include_pad", random.random().nextInt(2)));
            }
            if (type.equals("LpPool")) {
                attributes.add(integer("p", 1L + random.random().nextInt(3)));
            }
            model.node(type, "x", type, attributes.toArray(AttributeProto[]::new)).output(type);
        }
        CHECK.check(model, Map.of("x", x), 19, OPSET);
    }

    @Property(tries = 80)
    void indicesOfMaxima(@ForAll @IntRange(min = 1, max = 3) int rank, @ForAll boolean bytes, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor floats = image(random, rank, 2);
        Tensor x = bytes ? random.integers(ElementType.UINT8, 0, 255, floats.sizes()) : floats;
        long[] kernel = draw(random.random(), rank, 1, 3);
        List<AttributeProto> attributes = window(random.random(), rank, kernel, true);
        attributes.add(integers("kernel_shape", kernel));
        attributes.add(integer("storage_order", random.random().nextInt(2)));
        TestModel model = model(12, x);
        model.nodes("MaxPool", "x", List.of("y", "i"), attributes.toArray(AttributeProto[]::new)).output("y", "i");
        CHECK.check(model, Map.of("x", x), 13, OPSET);
    }

    @Property(tries = 30)
    void poolsWhole(@ForAll @IntRange(min = 1, max = 3) int rank, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = image(random, rank, 3);
        TestModel model = model(OPSET - 1, x);
        model.node("GlobalAveragePool", "x", "a").node("GlobalMaxPool", "x", "m");
        for (int p = 1; p < 4; p++) {
            model.node("GlobalLpPool", "x", "p" + p, integer("p", p)).output("p" + p);
        }
        CHECK.check(model.output("a", "m"), Map.of("x", x), 13, OPSET);
    }

    @Property(tries = 30)
    void unpools(@ForAll @IntRange(min = 1, max = 2) int rank, @ForAll boolean sized, @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = LongStream.concat(LongStream.of(1, 2), LongStream.generate(() -> 8).limit(rank)).toArray();
        Tensor x = random.floats(sizes);
        long[] two = LongStream.generate(() -> 2).limit(rank).toArray();
        TestModel model = model(OPSET, x).longs("sizes", sizes);
        model.nodes("MaxPool", "x", List.of("p", "i"), integers("kernel_shape", two), integers("strides", two));
        model.node(
                "MaxUnpool", sized ? "p,i,sizes" : "p,i", "y", integers("kernel_shape", two), integers("strides", two));
        CHECK.check(model.output("y"), Map.of("x", x), 13, OPSET);
    }
}

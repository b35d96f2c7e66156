package dev.skive.verify;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.text;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images, signals and windows whose sizes or scales come in as inputs of a model.
final class SizesOfImagesTest {
    private static final RandomTensors RANDOM = new RandomTensors(13);

    private static Tensor longs(long... values) {
        return Tensor.ofIntegers(ElementType.INT64, values, values.length);
    }

    private static Tensor floats(double... values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest", "linear", "cubic"})
    void resize(String mode) throws IOException {
        TestModel model =
                new TestModel(18)
                        .input("x", ElementType.FLOAT32, 1, 2, 4, 5)
                        .input("r", ElementType.FLOAT32, 8)
                        .input("k", ElementType.FLOAT32, 4)
                        .input("s", ElementType.INT64, 2)
                        .node("Resize", "x,,k", "scaled", text("mode", mode))
                        .node("Resize", "x,,,s", "sized", text("mode", mode), integers("axes", 2, 3))
                        .node(
                                "Resize",
                                "x,,,s",
                                "fitted",
                                text("mode", mode),
                                integers("axes", 2, 3),
                                text("keep_aspect_ratio_policy", "not_larger"))
                        .node(
                                "Resize",
                                "x,r,k",
                                "cropped",
                                text("mode", mode),
                                text("coordinate_transformation_mode", "tf_crop_and_resize"))
                        .output("scaled", "sized", "fitted", "cropped");
        if (!mode.equals("nearest")) {
            model.node("Resize", "x,,k", "smooth", text("mode", mode), integer("antialias", 1)).output("smooth");
        }
        try (var way = new WholeWay(model, 64)) {
            Tensor region = floats(0, 0, 0.4, 0.6, 1, 1, 0.6, 1.3);
            way.check(inputs(region, floats(1, 1, 2, 3), longs(3, 7)));
            way.check(inputs(region, floats(1, 1, 0.6, 0.6), longs(9, 8)));
        }
    }

    private static Map<String, Tensor> inputs(Tensor region, Tensor scales, Tensor sizes) {
        return ImmutableMap.of("x", RANDOM.floats(1, 2, 4, 5), "r", region, "k", scales, "s", sizes);
    }

    @Test
    void upsample() throws IOException {
        TestModel model =
                new TestModel(9)
                        .input("x", ElementType.FLOAT32, 1, 1, 2, 3)
                        .input("k", ElementType.FLOAT32, 4)
                        .node("Upsample", "x,k", "y")
                        .node("Upsample", "x,k", "z", text("mode", "linear"))
                        .output("y", "z");
        try (var way = new WholeWay(model, 16)) {
            way.check(Map.of("x", RANDOM.floats(1, 1, 2, 3), "k", floats(1, 1, 2, 3)));
        }
    }

    @Test
    void windows() throws IOException {
        TestModel model = new TestModel(17).input("n", ElementType.INT64);
        for (String window : new String[] {"HannWindow", "HammingWindow", "BlackmanWindow"}) {
            model.node(window, "n", window).output(window);
        }
        try (var way = new WholeWay(model, 64)) {
            for (long n : new long[] {1, 10}) {
                way.check(Map.of("n", Tensor.ofIntegers(ElementType.INT64, new long[] {n})));
            }
        }
    }

    @Test
    void grids() throws IOException {
        TestModel model =
                new TestModel(20)
                        .input("t", ElementType.FLOAT32, 2, 2, 3)
                        .input("s", ElementType.INT64, 4)
                        .node("AffineGrid", "t,s", "y")
                        .output("y");
        try (var way = new WholeWay(model, 64)) {
            way.check(Map.of("t", RANDOM.floats(2, 2, 3), "s", longs(2, 3, 5, 6)));
        }
    }

    @Test
    void transforms() throws IOException {
        TestModel model =
                new TestModel(20)
                        .input("x", ElementType.FLOAT32, 2, 4, 8, 1)
                        .input("c", ElementType.FLOAT32, 2, 4, 8, 2)
                        .input("axis", ElementType.INT64)
                        .node("DFT", "x,,axis", "whole")
                        .node("DFT", "x,,axis", "half", integer("onesided", 1))
                        .node("DFT", "c,,axis", "back", integer("inverse", 1))
                        .output("whole", "half", "back");
        try (var way = new WholeWay(model, 256)) {
            for (long axis : new long[] {0, 1, 2, -2}) {
                Tensor number = Tensor.ofIntegers(ElementType.INT64, new long[] {axis});
                way.check(Map.of("x", RANDOM.floats(2, 4, 8, 1), "c", RANDOM.floats(2, 4, 8, 2), "axis", number));
            }
        }
    }

    @Test
    void frames() throws IOException {
        TestModel model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 1, 64, 1)
                        .input("step", ElementType.INT64)
                        .input("length", ElementType.INT64)
                        .node("STFT", "x,step,,length", "y")
                        .output("y");
        try (var way = new WholeWay(model, 256)) {
            Tensor step = Tensor.ofIntegers(ElementType.INT64, new long[] {8});
            Tensor length = Tensor.ofIntegers(ElementType.INT64, new long[] {16});
            way.check(Map.of("x", RANDOM.floats(1, 64, 1), "step", step, "length", length));
        }
    }

    @Test
    void melWeights() throws IOException {
        TestModel model =
                new TestModel(17)
                        .input("bands", ElementType.INT64)
                        .input("length", ElementType.INT64)
                        .input("rate", ElementType.INT64)
                        .input("low", ElementType.FLOAT32)
                        .input("high", ElementType.FLOAT32)
                        .node("MelWeightMatrix", "bands,length,rate,low,high", "y")
                        .output("y");
        try (var way = new WholeWay(model, 16)) {
            way.check(
                    ImmutableMap.of(
                            "bands", Tensor.ofIntegers(ElementType.INT64, new long[] {8}),
                            "length", Tensor.ofIntegers(ElementType.INT64, new long[] {16}),
                            "rate", Tensor.ofIntegers(ElementType.INT64, new long[] {8192}),
                            "low", Tensor.ofReals(ElementType.FLOAT32, new double[] {0}),
                            "high", Tensor.ofReals(ElementType.FLOAT32, new double[] {4096})));
        }
    }
}

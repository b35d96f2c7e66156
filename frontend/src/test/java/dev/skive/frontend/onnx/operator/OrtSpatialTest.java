package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Operators of ORT's own on images against ONNX Runtime.
class OrtSpatialTest {
    private static final RoundTrip CHECK = new RoundTrip(128);

    @Property(tries = 60)
    void cropsAndResizes(
            @ForAll @IntRange(min = 1, max = 4) int height,
            @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll boolean nearest,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, symbolic)
                .input("x", random.floats(2, 3, 5, 6))
                .input("regions", random.floatsBetween(-0.3, 1.3, 4, 4))
                .input("images", random.integers(ElementType.INT32, 0, 2, 4))
                .constant("size", Tensor.ofIntegers(ElementType.INT32, new long[] {height, width}, 2))
                .check(
                        CHECK,
                        "com.microsoft:CropAndResize",
                        List.of("y"),
                        List.of(text("mode", nearest ? "nearest" : "bilinear"), real("extrapolation_value", -2)),
                        17);
    }

    @Property(tries = 30)
    void transposesWithPads(@ForAll boolean told, @ForAll boolean biased, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var test = new OneNode(17, symbolic).input("x", random.floats(1, 2, 4, 3), 1);
        test.constant("w", random.floats(2, 3, 3, 3));
        Tensor pads = random.integers(ElementType.INT64, 0, 2, 4);
        if (told) {
            test.input("pads", pads, 0);
        } else {
            test.constant("pads", pads);
        }
        if (biased) {
            test.constant("b", random.floats(3));
        }
        test.check(
                CHECK,
                "com.microsoft:ConvTransposeWithDynamicPads",
                List.of("y"),
                List.of(integers("strides", 2, 1), integers("output_padding", 1, 0)));
    }

    @Property(tries = 30)
    void embedsWords(@ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] letters = new long[4 * 6];
        for (int word = 0; word < 4; word++) {
            int length = 1 + random.random().nextInt(6);
            for (int i = 0; i < length; i++) {
                letters[word * 6 + i] = 1L + random.random().nextInt(8);
            }
        }
        new OneNode(17, symbolic)
                .input("words", Tensor.ofIntegers(ElementType.INT32, letters, 4, 6))
                .constant("w", random.floats(5, 1, 3, 4))
                .constant("b", random.floats(5))
                .constant("table", random.floats(9, 4))
                .check(
                        CHECK,
                        "com.microsoft:WordConvEmbedding",
                        List.of("y"),
                        List.of(integer("embedding_size", 5), integer("conv_window_size", 3)),
                        17);
    }
}

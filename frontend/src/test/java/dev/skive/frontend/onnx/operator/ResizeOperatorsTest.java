package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// `Resize` and `Upsample` of every opset against ONNX Runtime.
class ResizeOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(128);

    @Provide
    Arbitrary<String> coordinates() {
        return Arbitraries.of(
                "half_pixel",
                "half_pixel_symmetric",
                "pytorch_half_pixel",
                "align_corners",
                "asymmetric",
                "tf_half_pixel_for_nn");
    }

    @Provide
    Arbitrary<String> roundings() {
        return Arbitraries.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    }

    @Provide
    Arbitrary<Float> scales() {
        return Arbitraries.of(0.25f, 0.3f, 0.5f, 0.6f, 0.7f, 1f, 1.1f, 1.5f, 2f, 2.5f, 3f, 3.7f);
    }

    private static TestModel model(int opset, boolean symbolic, Tensor x) {
        var model = new TestModel(opset).input("x", x.element(), declared(symbolic, "x", x.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    private static TensorData floats(float... values) {
        return TensorData.ofFloats(values, values.length);
    }

    private static Tensor random(ElementType element, long seed, long... sizes) {
        var random = new RandomTensors(seed);
        return element == ElementType.FLOAT32 ? random.floats(sizes) : random.integers(element, 0, 100, sizes);
    }

    @Property(tries = 150)
    void takesTheNearestByScale(
            @ForAll("coordinates") String coordinates,
            @ForAll("roundings") String rounding,
            @ForAll("scales") float first,
            @ForAll("scales") float second,
            @ForAll long seed) {
        var random = new Random(seed);
        int size = 1 + random.nextInt(13);
        ElementType[] elements = {ElementType.FLOAT32, ElementType.INT32, ElementType.UINT8, ElementType.INT8};
        Tensor x = random(elements[random.nextInt(4)], seed, size, 2, 9);
        float[] scales = {first, 1, second};
        for (int axis = 0; axis < 3; axis += 2) {
            // A single sample is no sample for ORT, which then reads in front of the tensor.
            scales[axis] = scales[axis] * x.size(axis) < 1 ? 1 : scales[axis];
        }
        if (isCopied(x, scales)) {
            return;
        }
        var model = model(19, random.nextBoolean(), x).constant("scales", floats(scales));
        var attributes =
                new AttributeProto[] {
                    text("mode", "nearest"),
                    text("nearest_mode", rounding),
                    text("coordinate_transformation_mode", coordinates)
                };
        model.node("Resize", "x,,scales", "y", attributes).output("y");
        CHECK.check(model, Map.of("x", x), 19);
    }

    /// ORT copies the operand when no size changes, whatever the scales are.
    private static boolean isCopied(Tensor x, float[] scales) {
        boolean copied = true;
        for (int axis = 0; axis < scales.length; axis++) {
            copied &= (long) (scales[axis] * x.size(axis)) == x.size(axis);
        }
        return copied;
    }

    @Property(tries = 100)
    void takesTheNearestBySize(
            @ForAll("coordinates") String coordinates,
            @ForAll("roundings") String rounding,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 23) int size,
            @ForAll long seed) {
        int width = 1 + new Random(seed).nextInt(40);
        Tensor x = random(ElementType.FLOAT32, seed, 1, 2, size, 7);
        var model =
                model(19, seed % 2 == 0, x)
                        .longs("sizes", 1, 2, height, width)
                        .node(
                                "Resize",
                                "x,,,sizes",
                                "y",
                                text("mode", "nearest"),
                                text("nearest_mode", rounding),
                                text("coordinate_transformation_mode", coordinates))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 19);
    }

    @Property(tries = 150)
    void sums(
            @ForAll("coordinates") String coordinates,
            @ForAll boolean cubic,
            @ForAll boolean antialias,
            @ForAll boolean excludeOutside,
            @ForAll long seed) {
        var random = new Random(seed);
        int height = 1 + random.nextInt(25);
        int width = 1 + random.nextInt(25);
        Tensor x = random(ElementType.FLOAT32, seed, 2, 2, 9, 6);
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(text("mode", cubic ? "cubic" : "linear"));
        attributes.add(text("coordinate_transformation_mode", coordinates));
        attributes.add(integer("antialias", antialias ? 1 : 0));
        attributes.add(integer("exclude_outside", excludeOutside && (cubic || antialias) ? 1 : 0));
        if (cubic && !antialias) {
            attributes.add(real("cubic_coeff_a", -0.5f));
        }
        var model =
                model(19, seed % 2 == 0, x)
                        .longs("sizes", 2, 2, height, width)
                        .node("Resize", "x,,,sizes", "y", attributes.toArray(AttributeProto[]::new))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 19);
    }

    @Property(tries = 60)
    void sumsByScale(
            @ForAll boolean cubic, @ForAll("scales") float first, @ForAll("scales") float second, @ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 3, 7, 10);
        float[] scales = {1, 1, first, second};
        if (isCopied(x, scales)) {
            return;
        }
        var model =
                model(11, seed % 2 == 0, x)
                        .constant("roi", floats())
                        .constant("scales", floats(scales))
                        .node("Resize", "x,roi,scales", "y", text("mode", cubic ? "cubic" : "linear"))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13, 18);
    }

    @Property(tries = 40)
    void volumes(@ForAll("coordinates") String coordinates, @ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 2, 3, 5, 4);
        var model =
                model(19, seed % 2 == 0, x)
                        .longs("sizes", 1, 2, 5, 3, 9)
                        .node(
                                "Resize",
                                "x,,,sizes",
                                "y",
                                text("mode", "linear"),
                                text("coordinate_transformation_mode", coordinates))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 19);
    }

    @Property(tries = 100)
    void crops(@ForAll @IntRange(min = 0, max = 2) int mode, @ForAll boolean byScale, @ForAll long seed) {
        var random = new Random(seed);
        Tensor x = random(ElementType.FLOAT32, seed, 1, 1, 6, 7);
        var roi = new float[] {0, 0, 0, 0, 1, 1, 1, 1};
        for (int i : new int[] {2, 3, 6, 7}) {
            roi[i] += (random.nextFloat() - 0.5f) * 0.6f;
        }
        var model = model(13, random.nextBoolean(), x).constant("roi", floats(roi));
        var attributes =
                new AttributeProto[] {
                    text("mode", List.of("nearest", "linear", "cubic").get(mode)),
                    text("coordinate_transformation_mode", "tf_crop_and_resize"),
                    real("extrapolation_value", 2.5f)
                };
        if (byScale) {
            model.constant("scales", floats(1, 1, 1.7f, 0.6f)).node("Resize", "x,roi,scales", "y", attributes);
        } else {
            // ORT resizes the whole of an axis whose size does not change.
            model.longs("sizes", 1, 1, 7 + random.nextInt(9), 1 + random.nextInt(6))
                    .node("Resize", "x,roi,,sizes", "y", attributes);
        }
        CHECK.check(model.output("y"), Map.of("x", x), 13);
    }

    @Property(tries = 60)
    void keepsProportions(
            @ForAll boolean larger,
            @ForAll boolean cubic,
            @ForAll @IntRange(min = 1, max = 20) int height,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 1, 6, 9);
        var model =
                model(18, false, x)
                        .longs("sizes", width, height)
                        .node(
                                "Resize",
                                "x,,,sizes",
                                "y",
                                text("mode", cubic ? "cubic" : "linear"),
                                text("keep_aspect_ratio_policy", larger ? "not_smaller" : "not_larger"),
                                integers("axes", 3, 2))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 18);
    }

    @Property(tries = 40)
    void upsamples(@ForAll boolean linear, @ForAll boolean symbolic, @ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 2, 3, 5);
        AttributeProto mode = text("mode", linear ? "linear" : "nearest");
        float[] scales = {1, 1, 2.3f, 3};
        var seven = model(7, symbolic, x).node("Upsample", "x", "y", mode, reals("scales", scales)).output("y");
        CHECK.check(seven, Map.of("x", x), 13);
        var nine = model(9, symbolic, x).constant("s", floats(scales)).node("Upsample", "x,s", "y", mode).output("y");
        CHECK.check(nine, Map.of("x", x), 13);
        float[] mixed = {1, 1, 1.5f, 0.6f};
        var ten = model(10, symbolic, x).constant("s", floats(mixed)).node("Resize", "x,s", "y", mode).output("y");
        CHECK.check(ten, Map.of("x", x), 13);
    }

    /// As detectors of text are exported: the size of one tensor for another.
    @Property(tries = 20)
    void takesSizesFromShapes(@ForAll boolean nearest, @ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 2, 3, 4);
        Tensor like = random(ElementType.FLOAT32, seed, 1, 5, 7, 9);
        var model =
                model(13, true, x)
                        .input("like", ElementType.FLOAT32, declared(true, "l", like.sizes()))
                        .longs("start", 2)
                        .longs("two", 2)
                        .longs("end", 4)
                        .longs("zero", 0)
                        .node("Shape", "x", "shape")
                        .node("Slice", "shape,zero,two", "kept")
                        .node("Shape", "like", "target")
                        .node("Slice", "target,start,end", "wanted")
                        .node("Concat", "kept,wanted", "sizes", integer("axis", 0))
                        .node("Resize", "x,,,sizes", "y", text("mode", nearest ? "nearest" : "linear"))
                        .output("y");
        CHECK.check(model, Map.of("x", x, "like", like), 13);
    }

    /// Scales computed from constants.
    @Property(tries = 5)
    void foldsScales(@ForAll long seed) {
        Tensor x = random(ElementType.FLOAT32, seed, 1, 2, 3, 4);
        var model =
                model(13, false, x)
                        .constant("a", floats(3, 3, 6, 9))
                        .constant("b", floats(3, 3, 3, 6))
                        .node("Div", "a,b", "scales")
                        .node("Resize", "x,,scales", "y", text("mode", "linear"))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13);
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Samples at the places of grids against ONNX Runtime.
class GridOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Provide
    Arbitrary<String> paddings() {
        return Arbitraries.of("zeros", "border", "reflection");
    }

    @Provide
    Arbitrary<String> modes() {
        return Arbitraries.of("nearest", "linear", "cubic");
    }

    private static TestModel model(int opset, boolean symbolic, Tensor x, Tensor grid) {
        var model =
                new TestModel(opset)
                        .input("x", x.element(), declared(symbolic, "x", x.sizes()))
                        .input("g", grid.element(), declared(symbolic, "g", grid.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    private static Tensor converted(ElementType element, Tensor x) {
        return Tensor.ofReals(element, x.reals(), x.sizes());
    }

    @Property(tries = 120)
    void samplesImages(
            @ForAll("modes") String mode,
            @ForAll("paddings") String padding,
            @ForAll boolean align,
            @ForAll @IntRange(min = 2, max = 6) int size,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean old = seed % 2 == 0;
        ElementType element = !old && seed % 3 == 0 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        Tensor x = converted(element, random.floats(2, 3, size, 2 + random.random().nextInt(5)));
        Tensor grid = converted(element, random.floatsBetween(-1.7, 1.7, 2, 4, 3, 2));
        String name = old && !mode.equals("nearest") ? (mode.equals("linear") ? "bilinear" : "bicubic") : mode;
        var attributes =
                new AttributeProto[] {
                    text("mode", name), text("padding_mode", padding), integer("align_corners", align ? 1 : 0)
                };
        var model = model(old ? 16 : 22, seed % 5 == 0, x, grid).node("GridSample", "x,g", "y", attributes);
        int[] opsets = element == ElementType.FLOAT32 ? new int[] {16, 20, 22} : new int[] {20, 22};
        CHECK.check(model.output("y"), Map.of("x", x, "g", grid), opsets);
    }

    @Property(tries = 60)
    void samplesVolumes(
            @ForAll boolean nearest, @ForAll("paddings") String padding, @ForAll boolean align, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 2, 3, 4, 2);
        Tensor grid = random.floatsBetween(-1.7, 1.7, 2, 3, 2, 2, 3);
        var attributes =
                new AttributeProto[] {
                    text("mode", nearest ? "nearest" : "linear"),
                    text("padding_mode", padding),
                    integer("align_corners", align ? 1 : 0)
                };
        var model = model(20, seed % 2 == 0, x, grid).node("GridSample", "x,g", "y", attributes);
        CHECK.check(model.output("y"), Map.of("x", x, "g", grid), 20, 22);
    }

    @Property(tries = 60)
    void makesGrids(
            @ForAll boolean align,
            @ForAll boolean volume,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        ElementType element = seed % 3 == 0 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        Tensor theta = converted(element, random.floats(volume ? new long[] {2, 3, 4} : new long[] {2, 2, 3}));
        // A single aligned place: one end of the axis for ONNX, the other one for ORT.
        int least = align ? Math.max(2, size) : size;
        Tensor image = random.floats(volume ? new long[] {2, 1, 3, least, 2} : new long[] {2, 1, 4, least});
        boolean symbolic = seed % 2 == 0;
        var model =
                new TestModel(20)
                        .input("t", element, "n", volume ? 3 : 2, volume ? 4 : 3)
                        .input("x", ElementType.FLOAT32, declared(symbolic, "x", image.sizes()))
                        .node("Shape", "x", "size")
                        .node("AffineGrid", "t,size", "y", integer("align_corners", align ? 1 : 0))
                        .output("y");
        model.proto().setIrVersion(9);
        CHECK.check(model, Map.of("t", theta, "x", image), 20);
    }

    @Property(tries = 80)
    void alignsRegions(
            @ForAll boolean maximum,
            @ForAll boolean half,
            @ForAll @IntRange(min = 0, max = 3) int samples,
            @ForAll @IntRange(min = 1, max = 5) int bins,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 6, 7);
        int count = 3;
        var corners = new double[4 * count];
        for (int i = 0; i < corners.length; i++) {
            double start = i % 4 < 2 ? 0 : corners[i - 2];
            corners[i] = (float) (start + random.random().nextDouble() * 6);
        }
        Tensor regions = Tensor.ofReals(ElementType.FLOAT32, corners, count, 4);
        Tensor numbers = random.integers(ElementType.INT64, 0, 2, count);
        boolean old = seed % 2 == 0;
        var model = model(old ? 10 : 16, seed % 5 == 0, x, regions).input("n", ElementType.INT64, "count");
        AttributeProto[] attributes = {
            text("mode", maximum ? "max" : "avg"),
            integer("output_height", bins),
            integer("output_width", 2),
            integer("sampling_ratio", samples),
            real("spatial_scale", 0.75f),
            text("coordinate_transformation_mode", half ? "half_pixel" : "output_half_pixel")
        };
        model.node("RoiAlign", "x,g,n", "y", old ? Arrays.copyOf(attributes, 5) : attributes);
        int[] opsets = !old && half ? new int[] {16, 21} : new int[] {13, 16, 21};
        CHECK.check(model.output("y"), Map.of("x", x, "g", regions, "n", numbers), opsets);
    }

    /// ONNX Runtime starts with the least positive number, so that no maximum is negative: elements here are not.
    @Property(tries = 60)
    void poolsRegions(
            @ForAll @IntRange(min = 1, max = 7) int bins,
            @ForAll boolean half,
            @ForAll boolean old,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floatsBetween(0.5, 3, 2, 3, 6, 7);
        var corners = new double[5 * 4];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = i % 5 == 0 ? random.random().nextInt(2) : (float) (random.random().nextDouble() * 14 - 4);
        }
        Tensor regions = Tensor.ofReals(ElementType.FLOAT32, corners, 4, 5);
        var model =
                model(old ? 7 : 21, seed % 3 == 0, x, regions)
                        .node(
                                "MaxRoiPool",
                                "x,g",
                                "y",
                                integers("pooled_shape", bins, 2),
                                real("spatial_scale", half ? 0.5f : 1))
                        .output("y");
        new RoundTrip(0).check(model, Map.of("x", x, "g", regions), 13, 21);
    }
}

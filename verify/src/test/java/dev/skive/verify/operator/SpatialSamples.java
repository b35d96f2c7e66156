package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.FLOAT;
import static dev.skive.verify.operator.SampleTypes.FLOATS;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;

import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators on pictures and sound other than convolutions and pools, and of loss functions.
@SuppressWarnings("BadImport")
final class SpatialSamples {
    private static final ElementType F32 = ElementType.FLOAT32;
    private static final double[] TWICE = {1, 1, 2, 1.5};
    private static final double[] HALF = {1, 1, 0.5, 0.75};
    private static final double[] NOTHING = {};

    private SpatialSamples() {}

    static List<Sample> all() {
        return Stream.of(resize(), upsample(), grids(), signals(), products(), losses())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> resize() {
        return Stream.of(
                of("Resize", ALL).in(1, 2, 4, 4).fixed(F32, TWICE, 4).until(10),
                of("Resize", REALS).in(1, 2, 4, 4).fixed(F32, TWICE, 4).set("mode", "linear").until(10),
                of("Resize", ALL).in(1, 2, 4, 4).fixed(F32, NOTHING, 0).fixed(F32, TWICE, 4).from(11),
                scaled(TWICE).set("mode", "linear"),
                scaled(TWICE).set("mode", "linear").set("coordinate_transformation_mode", "align_corners"),
                scaled(HALF).set("mode", "linear").set("coordinate_transformation_mode", "pytorch_half_pixel"),
                scaled(TWICE).set("mode", "cubic").set("exclude_outside", 1),
                scaled(TWICE).set("mode", "cubic").set("coordinate_transformation_mode", "asymmetric"),
                scaled(HALF).set("nearest_mode", "floor").set("coordinate_transformation_mode", "asymmetric"),
                scaled(HALF).set("mode", "linear").set("antialias", 1).from(18),
                scaled(HALF).set("mode", "cubic").set("antialias", 1).from(18),
                of("Resize", REALS)
                        .in(1, 2, 4, 4)
                        .fixed(F32, NOTHING, 0)
                        .fixed(F32, NOTHING, 0)
                        .longs(1, 2, 7, 3)
                        .set("mode", "linear")
                        .from(11),
                of("Resize", REALS)
                        .in(1, 2, 4, 4)
                        .fixed(F32, new double[] {0, 0, 0.2, 0.1, 1, 1, 0.9, 1.3}, 8)
                        .fixed(F32, NOTHING, 0)
                        .longs(1, 2, 3, 5)
                        .set("mode", "linear")
                        .set("coordinate_transformation_mode", "tf_crop_and_resize")
                        .real("extrapolation_value", 7)
                        .from(11),
                of("Resize", REALS)
                        .in(1, 2, 4, 6)
                        .absent()
                        .absent()
                        .longs(7, 3)
                        .set("mode", "linear")
                        .set("axes", new long[] {3, 2})
                        .set("keep_aspect_ratio_policy", "not_larger")
                        .from(18));
    }

    private static Sample scaled(double[] scales) {
        return of("Resize", REALS).in(1, 2, 4, 4).fixed(F32, NOTHING, 0).fixed(F32, scales, 4).from(11);
    }

    private static Stream<Sample> upsample() {
        return Stream.of(
                of("Upsample", ALL).in(1, 2, 3, 4).reals("scales", 1, 1, 2, 3).until(8),
                of("Upsample", REALS).in(1, 2, 3, 4).reals("scales", 1, 1, 2, 3).set("mode", "linear").until(8),
                of("Upsample", ALL).in(1, 2, 3, 4).fixed(F32, TWICE, 4).from(9),
                of("Upsample", REALS).in(1, 2, 3, 4).fixed(F32, TWICE, 4).set("mode", "linear").from(9));
    }

    private static Stream<Sample> grids() {
        return Stream.of(
                grid().until(19).set("mode", "bilinear"),
                grid().until(19).set("mode", "bicubic").set("padding_mode", "reflection"),
                grid().from(20).set("mode", "linear").set("padding_mode", "border"),
                grid().from(20).set("mode", "cubic").set("align_corners", 1),
                of("GridSample", ALL)
                        .in(1, 2, 4, 5)
                        .range(-1.2, 1.2)
                        .in(F32, 1, 3, 2, 2)
                        .set("mode", "nearest")
                        .set("padding_mode", "reflection")
                        .set("align_corners", 1),
                of("GridSample", REALS).in(1, 2, 3, 4, 3).range(-1.2, 1.2).in(F32, 1, 2, 2, 2, 3).from(20),
                of("AffineGrid", REALS).in(2, 2, 3).longs(2, 3, 4, 5),
                of("AffineGrid", REALS).in(1, 3, 4).longs(1, 2, 3, 4, 5).set("align_corners", 1),
                rois().set("output_height", 2).set("output_width", 3).set("sampling_ratio", 2),
                rois().set("output_height", 2).set("output_width", 2).set("mode", "max").real("spatial_scale", 0.5),
                rois().set("output_height", 3)
                        .set("output_width", 3)
                        .set("coordinate_transformation_mode", "output_half_pixel")
                        .from(16),
                of("MaxRoiPool", REALS)
                        .in(1, 2, 6, 6)
                        .given(new double[] {0, 0, 0, 3, 4, 0, 1, 2, 5, 5}, 2, 5)
                        .set("pooled_shape", new long[] {2, 3}),
                of("Col2Im", ALL).in(1, 8, 9).longs(4, 4).longs(2, 2).nodes("y0 = Col2Im(x0, x1, x2)"),
                of("Col2Im", REALS)
                        .in(2, 8, 4)
                        .longs(3, 5)
                        .longs(2, 2)
                        .set("dilations", new long[] {1, 2})
                        .set("pads", new long[] {0, 1, 1, 0})
                        .set("strides", new long[] {2, 2}));
    }

    private static Sample grid() {
        return of("GridSample", NUMBERS).in(1, 2, 4, 5).range(-1.2, 1.2).in(F32, 1, 3, 2, 2);
    }

    private static Sample rois() {
        return of("RoiAlign", REALS)
                .in(2, 2, 8, 8)
                .given(new double[] {0, 0.5, 4, 5, 1, 2, 7, 6.5}, 2, 4)
                .indices(new long[] {1, 0}, 2);
    }

    private static Stream<Sample> signals() {
        return Stream.of(
                exact("DFT").in(2, 8, 1).set("axis", 1).until(19),
                exact("DFT").in(2, 7, 1).set("axis", 1).set("onesided", 1).until(19),
                exact("DFT").in(2, 8, 2).number(6).set("axis", 1).set("inverse", 1).until(19),
                exact("DFT").in(2, 8, 1).absent().number(1).from(20),
                exact("DFT").in(2, 7, 1).set("onesided", 1).from(20),
                exact("DFT").in(2, 3, 5, 2).number(6).number(-3).set("inverse", 1).from(20),
                exact("STFT").in(2, 20, 1).number(4).constant(8),
                exact("STFT").in(2, 20, 1).number(5).absent().number(8).set("onesided", 0),
                window("Blackman").number(8),
                window("Hamming").number(8).set("periodic", 0),
                window("Hann").number(8),
                of("MelWeightMatrix", NUMBERS)
                        .number(8)
                        .number(16)
                        .number(8192)
                        .fixed(F32, new double[] {0})
                        .fixed(F32, new double[] {4000})
                        .nodes("y0 = MelWeightMatrix(x0, x1, x2, x3, x4){output_datatype=$type}"));
    }

    private static Sample exact(String name) {
        return of(name, REALS).unlikeOrt(FLOAT);
    }

    private static Sample window(String name) {
        String operator = name + "Window";
        return of(operator, NUMBERS)
                .nodes("y0 = " + operator + "(x0){output_datatype=$type, periodic=" + name.length() % 2 + "}");
    }

    private static Stream<Sample> products() {
        return Stream.of(
                of("Einsum", NUMBERS).in(2, 3, 5).in(2, 5, 4).set("equation", "bij,bjk->bik"),
                of("Einsum", NUMBERS).in(3, 4).in(4).set("equation", "ij,j"),
                of("Einsum", REALS).in(2, 3, 3).set("equation", "...ii->...i"),
                of("Einsum", REALS).in(2, 3).in(3, 4).in(4, 2).set("equation", "ab,bc,ca->"),
                of("Det", REALS).in(2, 3, 3),
                of("Det", REALS).in(4, 4));
    }

    private static Stream<Sample> losses() {
        return Stream.of("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")
                .flatMap(name ->
                        Stream.of(
                                of(name, FLOATS).in(3, 5).indices(new long[] {2, 0, 4}, 3),
                                of(name, REALS)
                                        .in(3, 5)
                                        .indices(new long[] {2, 0, 4}, 3)
                                        .range(0.1, 1)
                                        .in(5)
                                        .set("ignore_index", 0)
                                        .set("reduction", "sum"),
                                of(name, FLOAT)
                                        .in(2, 3, 2)
                                        .given(ElementType.INT32, new double[] {2, 0, 1, 1}, 2, 2)
                                        .set("reduction", "none")));
    }
}

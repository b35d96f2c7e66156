package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.longs;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.OpSamples.Sample;
import dev.skive.ir.op.Resize.Axis;
import dev.skive.ir.op.Resize.Coordinates;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.stream.Stream;

/// Applications of operators on grids of samples.
final class SpatialSamples {
    private static final Dim FIRST = Dim.symbol("s1");

    private SpatialSamples() {}

    static Stream<Sample> all() {
        return Stream.of(resize(), grids(), regions(), pools()).flatMap(samples -> samples);
    }

    private static Stream<Sample> resize() {
        var doubled = ImmutableList.of(Axis.of(0, FIRST.times(2), 2), Axis.of(1, Dim.of(6), 1.5));
        var sized = ImmutableList.of(Axis.of(1, FIRST, 0));
        var region = ImmutableList.of(new Axis(0, Dim.of(4), 0, -0.5, 0.5), new Axis(1, FIRST, 0, 0, 1));
        var nearest = new ResizeFilter.Nearest(ResizeFilter.Rounding.HALF_DOWN);
        return Stream.of(
                Sample.of(new Resize(doubled, Coordinates.ASYMMETRIC, nearest, 0), floats(-1, 4)),
                Sample.of(new Resize(region, Coordinates.CROP, nearest, 7), longs(-1, 4)),
                Sample.of(
                        new Resize(sized, Coordinates.HALF_PIXEL, new ResizeFilter.Linear(false, true), 0),
                        floats(-1, 4)),
                Sample.of(
                        new Resize(sized, Coordinates.ALIGN_CORNERS, new ResizeFilter.Linear(false, false), 0),
                        longs(-1, 4)),
                Sample.of(
                        new Resize(region, Coordinates.CROP, new ResizeFilter.Cubic(-0.75, true, false), 1.5),
                        floats(-1, 4)));
    }

    private static Stream<Sample> grids() {
        return Stream.of(GridSample.Interpolation.values())
                .map(mode ->
                        Sample.of(
                                new GridSample(mode, GridSample.Padding.REFLECTION, false),
                                floats(-1, 2, 4, -2),
                                floats(-1, 3, -3, 2)));
    }

    private static Stream<Sample> regions() {
        return Stream.of(true, false)
                .map(flag ->
                        Sample.of(
                                new RoiAlign(2, 3, flag ? 0 : 2, 0.5, flag, !flag),
                                floats(4, 2, -2, 4),
                                floats(-1, 4),
                                longs(-1)));
    }

    private static Stream<Sample> pools() {
        return Stream.of(
                Sample.of(new MaxRoiPool(2, 3, 0.5), floats(4, 2, -2, 4), OpRun.type(ElementType.FLOAT32, 0, 5)));
    }
}

package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.op.RoiAlign;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Samples of images and regions, on every element type and on strided operands.
final class SpatialCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(1L, 3L).map(n -> ImmutableMap.of("n", n)).toList();

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT8", "UINT64", "UINT8"})
    void samplesGrids(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        double least = element.kind() == ElementType.Kind.UNSIGNED ? 0 : -9;
        Value x = random.input(element, Shape.of(N, Dim.of(2), Dim.of(3), Dim.of(5)), least, 9);
        Value moved = random.apply(new Transpose(ImmutableList.of(0, 1, 3, 2)), x);
        ElementType places = element.isReal() ? element : ElementType.FLOAT32;
        Value grid = random.input(places, Shape.of(N, Dim.of(4), N, Dim.of(2)), -1.5, 1.5);
        Value volume = random.input(element, Shape.of(2, 2, 3, 2, 4), least, 9);
        Value points = random.input(ElementType.FLOAT64, Shape.of(2, 2, 1, 3, 3), -1.5, 1.5);
        for (GridSample.Interpolation interpolation : GridSample.Interpolation.values()) {
            for (GridSample.Padding padding : GridSample.Padding.values()) {
                for (boolean align : new boolean[] {false, true}) {
                    var op = new GridSample(interpolation, padding, align);
                    random.outputOf(op, random.one(x, moved), grid);
                    random.outputOf(op, volume, points);
                }
            }
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16"})
    void alignsRegions(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(Dim.of(2), Dim.of(3), N, Dim.of(5)), -2, 2);
        Value moved = random.apply(new Transpose(ImmutableList.of(0, 1, 3, 2)), x);
        Value regions = random.input(element, Shape.of(N, Dim.of(4)), -3, 9);
        Value numbers = random.input(ElementType.INT64, Shape.of(N), 0, 2);
        for (int samples = 0; samples < 3; samples++) {
            for (boolean half : new boolean[] {false, true}) {
                random.outputOf(new RoiAlign(2, 3, samples, 0.75, half, false), random.one(x, moved), regions, numbers);
                random.outputOf(new RoiAlign(3, 1, samples, 1, half, true), random.one(x, moved), regions, numbers);
            }
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16"})
    void poolsRegions(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(Dim.of(2), Dim.of(3), N, Dim.of(5)), -2, 2);
        Value moved = random.apply(new Transpose(ImmutableList.of(0, 1, 3, 2)), x);
        var corners = ImmutableList.of(0.0, -1.0, 2.0, 3.6, 4.5, 1.0, 4.0, 1.0, 9.0, 0.0, 1.9, 1.0, 7.0, 1.5, 8.0);
        Value regions =
                random.constant(
                        TensorData.ofReals(element, corners.stream().mapToDouble(Double::doubleValue).toArray(), 3, 5));
        Value none = random.constant(TensorData.ofReals(element, new double[0], 0, 5));
        for (Value image : List.of(x, moved)) {
            random.outputOf(new MaxRoiPool(2, 3, 0.75), image, regions);
            random.outputOf(new MaxRoiPool(7, 1, 1), image, regions);
            random.outputOf(new MaxRoiPool(1, 1, 1), image, none);
        }
        Compiled.check(random, SIZES);
    }
}

package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators that move, choose or describe elements.
@SuppressWarnings("BadImport")
final class MovementSamples {
    private MovementSamples() {}

    static List<Sample> all() {
        return Stream.of(shapes(), pieces(), indexed(), made()).flatMap(stream -> stream).toList();
    }

    private static Stream<Sample> shapes() {
        return Stream.of(
                of("CenterCropPad", ALL).in(4, 5, 3).longs(3, 7, 3),
                of("Expand", ALL).in(3, 1).longs(2, 3, 4),
                of("Flatten", ALL).in(2, 3, 4).set("axis", 2),
                of("Reshape", ALL).in(2, 3, 4).longs(0, -1),
                of("Reshape", ALL).in(2, 3, 4).longs(4, 6).set("allowzero", 1).from(14),
                of("Shape", ALL).in(2, 3, 4).gives(ElementType.INT64),
                of("Shape", ALL).in(2, 3, 4).set("start", 1).set("end", -1).gives(ElementType.INT64).from(15),
                of("Size", ALL).in(2, 3, 4).gives(ElementType.INT64),
                of("Squeeze", ALL).in(2, 1, 4, 1).set("axes", new long[] {1, 3}).until(12),
                of("Squeeze", ALL).in(2, 1, 4, 1).longs(1, -1).from(13),
                of("Transpose", ALL).in(2, 3, 4).set("perm", new long[] {2, 0, 1}),
                of("Unsqueeze", ALL).in(2, 4).set("axes", new long[] {0, 3}).until(12),
                of("Unsqueeze", ALL).in(2, 4).longs(0, -1).from(13));
    }

    private static Stream<Sample> pieces() {
        return Stream.of(
                of("Concat", ALL).in(2, 3).in(2, 1).in(2, 4).set("axis", 1),
                of("Pad", REALS).in(2, 3).set("pads", new long[] {0, 1, 2, 1}).real("value", 1.5).until(10),
                of("Pad", ALL).in(2, 3).longs(0, 1, 2, 1).scalar(1).from(11),
                of("Pad", ALL).in(4, 3).longs(1, 2, 2, 1).set("mode", "reflect").from(11),
                of("Pad", ALL).in(4, 3).longs(1, 2, 2, 1).set("mode", "edge").from(11),
                of("Pad", ALL).in(4, 3).longs(1, 2, 2, 1).set("mode", "wrap").from(19),
                of("Slice", ALL).in(4, 5).set("starts", new long[] {1, -3}).set("ends", new long[] {3, 9}).until(9),
                of("Slice", ALL).in(4, 5).longs(3, 1).longs(-9, 9).longs(0, 1).longs(-2, 2).from(10),
                of("Split", ALL).in(6, 2).set("split", new long[] {2, 4}).gives().gives().until(12),
                of("Split", ALL).in(6, 2).longs(2, 4).gives().gives().from(13),
                of("Split", ALL).in(2, 7).set("axis", 1).set("num_outputs", 2).gives().gives().from(18),
                of("Tile", ALL).in(2, 3).longs(2, 2),
                of("DepthToSpace", ALL).in(2, 8, 2, 3).set("blocksize", 2),
                of("DepthToSpace", ALL).in(2, 8, 2, 3).set("blocksize", 2).set("mode", "CRD").from(11),
                of("SpaceToDepth", ALL).in(2, 2, 4, 6).set("blocksize", 2));
    }

    private static Stream<Sample> indexed() {
        long[] six = {0, 2, 1, 1, 0, 2};
        return Stream.of(
                of("Compress", ALL).in(2, 3).constant(ElementType.BOOL, 3).set("axis", 1),
                of("Gather", ALL).in(3, 4).indices(new long[] {2, 0, 1, -1}, 2, 2).from(11),
                of("Gather", ALL).in(3, 4).indices(new long[] {2, 0, 1, 1}, 2, 2).set("axis", 1),
                of("GatherElements", ALL).in(3, 3).indices(six, 2, 3),
                of("GatherND", ALL).in(3, 3).indices(six, 3, 2),
                of("GatherND", ALL).in(2, 3, 2).indices(new long[] {2, 0}, 2, 1).set("batch_dims", 1).from(12),
                of("OneHot", NUMBERS).indices(new long[] {2, 0, 1}, 3).number(4).range(0, 5).in(2),
                of("Scatter", ALL).in(3, 3).indices(six, 2, 3).in(2, 3),
                of("ScatterElements", ALL).in(3, 3).indices(six, 2, 3).in(2, 3),
                of("ScatterElements", NUMBERS).in(3, 3).indices(six, 2, 3).in(2, 3).set("reduction", "add").from(16),
                of("ScatterElements", NUMBERS).in(3, 3).indices(six, 2, 3).in(2, 3).set("reduction", "mul").from(16),
                of("ScatterElements", NUMBERS).in(3, 3).indices(six, 2, 3).in(2, 3).set("reduction", "max").from(18),
                of("ScatterElements", NUMBERS).in(3, 3).indices(six, 2, 3).in(2, 3).set("reduction", "min").from(18),
                of("ScatterND", ALL).in(4, 3).indices(new long[] {3, 1}, 2, 1).in(2, 3),
                of("ScatterND", NUMBERS)
                        .in(4, 3)
                        .indices(new long[] {3, 3}, 2, 1)
                        .in(2, 3)
                        .set("reduction", "add")
                        .from(16),
                of("ScatterND", NUMBERS)
                        .in(4, 3)
                        .indices(new long[] {3, 3}, 2, 1)
                        .in(2, 3)
                        .set("reduction", "mul")
                        .from(16),
                of("ScatterND", NUMBERS)
                        .in(4, 3)
                        .indices(new long[] {3, 3}, 2, 1)
                        .in(2, 3)
                        .set("reduction", "max")
                        .from(18),
                of("ReverseSequence", ALL).in(4, 3, 2).indices(new long[] {1, 4, 2}, 3),
                of("ReverseSequence", ALL)
                        .in(3, 4, 2)
                        .indices(new long[] {1, 4, 2}, 3)
                        .set("batch_axis", 0)
                        .set("time_axis", 1),
                of("Trilu", ALL).in(2, 3, 4).number(1),
                of("Trilu", ALL).in(2, 3, 4).set("upper", 0));
    }

    private static Stream<Sample> made() {
        Stream<Sample> typed =
                ALL.stream()
                        .flatMap(type -> {
                            var one = TensorData.ofReals(type, new double[] {1}, 1);
                            var row = TensorData.ofReals(type, new double[] {1, 0, 1}, 3);
                            return Stream.of(
                                    of("Constant", java.util.Set.of(type)).set("value", row),
                                    of("ConstantOfShape", java.util.Set.of(type)).longs(2, 3).set("value", one));
                        });
        return Stream.concat(
                typed,
                Stream.of(
                        of("Constant", REALS).reals("value_floats", 1, 2).gives(ElementType.FLOAT32).from(12),
                        of("EyeLike", ALL).in(3, 4).set("k", 1),
                        of("Range", NUMBERS).scalar(1).scalar(9).scalar(2)));
    }
}

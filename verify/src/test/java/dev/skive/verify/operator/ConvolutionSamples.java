package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.BYTES;
import static dev.skive.verify.operator.SampleTypes.REALS;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of convolutions, pools, and normalizations by channel.
@SuppressWarnings("BadImport")
final class ConvolutionSamples {
    private static final long[] TWO = {2, 2};
    private static final long[] THREE = {3, 3};
    private static final long[] AROUND = {1, 1, 1, 1};
    private static final long[] ASKEW = {0, 1, 2, 1};

    private ConvolutionSamples() {}

    static List<Sample> all() {
        return Stream.of(convolutions(), transposed(), maxima(), means(), global(), normalizations())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> convolutions() {
        return Stream.of(
                of("Conv", REALS).in(1, 2, 6, 7).constant(4, 2, 3, 3).constant(4).set("pads", AROUND),
                of("Conv", REALS).in(2, 4, 6, 7).in(4, 2, 3, 2).set("group", 2).set("strides", TWO),
                of("Conv", REALS).in(1, 3, 8, 8).constant(3, 1, 3, 3).set("group", 3).set("dilations", TWO),
                of("Conv", REALS).in(1, 2, 9).constant(3, 2, 4).set("auto_pad", "SAME_UPPER"),
                of("Conv", REALS).in(1, 2, 3, 4, 4).constant(2, 2, 2, 2, 3),
                of("DeformConv", REALS)
                        .in(1, 2, 5, 5)
                        .in(2, 2, 2, 2)
                        .range(-1, 1)
                        .in(1, 8, 4, 4)
                        .in(2)
                        .range(0, 1)
                        .in(1, 4, 4, 4),
                of("DeformConv", REALS).in(1, 2, 5, 5).in(2, 2, 3, 3).range(-1, 1).in(1, 18, 5, 5).set("pads", AROUND));
    }

    private static Stream<Sample> transposed() {
        return Stream.of(
                of("ConvTranspose", REALS).in(1, 2, 4, 5).constant(2, 3, 3, 3).constant(3).set("strides", TWO),
                of("ConvTranspose", REALS)
                        .in(1, 4, 4, 4)
                        .in(4, 2, 3, 2)
                        .set("group", 2)
                        .set("strides", TWO)
                        .set("output_padding", new long[] {1, 1})
                        .set("pads", AROUND),
                of("ConvTranspose", REALS)
                        .in(1, 2, 4, 4)
                        .constant(2, 1, 3, 3)
                        .set("strides", TWO)
                        .set("output_shape", new long[] {8, 9}),
                of("ConvTranspose", REALS).in(1, 2, 6).constant(2, 2, 3).set("dilations", new long[] {2}));
    }

    private static Stream<Sample> maxima() {
        ImmutableSet<ElementType> types = Sets.union(REALS, BYTES).immutableCopy();
        return Stream.of(
                of("MaxPool", types).in(1, 2, 6, 7).set("kernel_shape", THREE).set("pads", AROUND),
                of("MaxPool", types)
                        .in(1, 2, 6, 7)
                        .set("kernel_shape", TWO)
                        .set("strides", TWO)
                        .gives()
                        .gives(ElementType.INT64)
                        .from(8),
                of("MaxPool", types)
                        .in(1, 2, 7, 7)
                        .set("kernel_shape", TWO)
                        .set("strides", THREE)
                        .set("dilations", TWO)
                        .set("ceil_mode", 1)
                        .from(10),
                of("MaxPool", types).in(1, 2, 9).set("kernel_shape", new long[] {3}).set("auto_pad", "SAME_LOWER"),
                of("MaxUnpool", REALS)
                        .in(1, 1, 2, 2)
                        .indices(new long[] {5, 7, 8, 15}, 1, 1, 2, 2)
                        .set("kernel_shape", TWO)
                        .set("strides", TWO),
                of("MaxUnpool", REALS)
                        .in(1, 1, 2, 2)
                        .indices(new long[] {5, 7, 8, 15}, 1, 1, 2, 2)
                        .longs(1, 1, 5, 5)
                        .set("kernel_shape", TWO)
                        .set("strides", TWO));
    }

    private static Stream<Sample> means() {
        return Stream.of(
                of("AveragePool", REALS).in(1, 2, 6, 7).set("kernel_shape", THREE).set("pads", AROUND),
                of("AveragePool", REALS)
                        .in(1, 2, 6, 7)
                        .set("kernel_shape", THREE)
                        .set("pads", ASKEW)
                        .set("strides", TWO)
                        .set("count_include_pad", 1),
                of("AveragePool", REALS)
                        .in(1, 2, 7, 6)
                        .set("kernel_shape", TWO)
                        .set("strides", TWO)
                        .set("ceil_mode", 1)
                        .from(10),
                of("AveragePool", REALS).in(1, 2, 9, 9).set("kernel_shape", TWO).set("dilations", THREE).from(19),
                of("LpPool", REALS).in(1, 2, 6, 7).set("kernel_shape", THREE).set("pads", AROUND),
                of("LpPool", REALS).in(1, 2, 6, 7).set("kernel_shape", TWO).set("strides", TWO).set("p", 3),
                of("LpPool", REALS)
                        .in(1, 2, 7, 7)
                        .set("kernel_shape", TWO)
                        .set("dilations", TWO)
                        .set("ceil_mode", 1)
                        .from(18));
    }

    private static Stream<Sample> global() {
        return Stream.of(
                of("GlobalAveragePool", REALS).in(2, 3, 4, 5),
                of("GlobalAveragePool", REALS).in(2, 3, 5),
                of("GlobalMaxPool", REALS).in(2, 3, 4, 5),
                of("GlobalLpPool", REALS).in(2, 3, 4, 5),
                of("GlobalLpPool", REALS).in(2, 3, 5).set("p", 1));
    }

    private static Stream<Sample> normalizations() {
        return Stream.of(
                batch().constant(3),
                batch().constant(3).real("epsilon", 0.01),
                of("InstanceNormalization", REALS).in(2, 3, 4, 5).constant(3).constant(3),
                of("GroupNormalization", REALS).in(2, 4, 3, 5).constant(2).constant(2).set("num_groups", 2).until(20),
                of("GroupNormalization", REALS).in(2, 4, 3, 5).constant(4).constant(4).set("num_groups", 2).from(21),
                of("LRN", REALS).in(2, 5, 3, 4).set("size", 3),
                of("LRN", REALS).in(2, 5, 3, 2).set("size", 5).real("alpha", 0.01).real("beta", 0.5).real("bias", 2));
    }

    private static Sample batch() {
        return of("BatchNormalization", REALS).in(2, 3, 4, 5).constant(3).constant(3).constant(3).range(0.5, 2);
    }
}

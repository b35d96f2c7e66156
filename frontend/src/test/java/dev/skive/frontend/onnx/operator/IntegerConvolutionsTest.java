package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Windows over quantized numbers against ONNX Runtime: convolutions are the same bit by bit.
class IntegerConvolutionsTest {
    private static final RoundTrip EXACT = new RoundTrip(0);

    private record Draw(RandomTensors tensors) {
        private Random random() {
            return tensors.random();
        }

        private Tensor bytes(ElementType element, long... sizes) {
            boolean signed = element == ElementType.INT8;
            return tensors.integers(element, signed ? -128 : 0, signed ? 128 : 256, sizes);
        }

        private long[] sizes(long first, long second, int rank, int least, int most) {
            return LongStream.concat(LongStream.of(first, second), random().longs(rank, least, most)).toArray();
        }

        /// Random strides, dilations and padding.
        private List<AttributeProto> window(int rank, long[] kernel) {
            var attributes = new ArrayList<AttributeProto>();
            String padding = List.of("NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID").get(random().nextInt(5));
            boolean same = padding.startsWith("SAME");
            attributes.add(text("auto_pad", padding));
            attributes.add(
                    integers(
                            "strides",
                            IntStream.range(0, rank)
                                    .mapToLong(axis -> 1 + random().nextLong(same ? kernel[axis] : 3))
                                    .toArray()));
            if (padding.equals("NOTSET")) {
                attributes.add(
                        integers(
                                "pads",
                                IntStream.range(0, 2 * rank)
                                        .mapToLong(i -> random().nextLong(kernel[i % rank]))
                                        .toArray()));
                attributes.add(integers("dilations", random().longs(rank, 1, 3).toArray()));
            }
            return attributes;
        }
    }

    @Property(tries = 120)
    void convInteger(
            @ForAll @IntRange(min = 1, max = 3) int rank,
            @ForAll boolean known,
            @ForAll @IntRange(min = 0, max = 2) int zeros,
            @ForAll long seed) {
        var draw = new Draw(new RandomTensors(seed));
        int groups = 1 + draw.random().nextInt(2);
        // Channels enough for sums that float32 does not hold; more than a few groups of those take float64.
        int inside = draw.random().nextInt(4) == 0 && groups == 1 ? 200 : 1 + draw.random().nextInt(4);
        ElementType element = draw.random().nextBoolean() ? ElementType.UINT8 : ElementType.INT8;
        ElementType weights = element == ElementType.UINT8 && !known ? ElementType.UINT8 : ElementType.INT8;
        Tensor x = draw.bytes(element, draw.sizes(2, (long) groups * inside, rank, 5, 8));
        Tensor w = draw.bytes(weights, draw.sizes(2L * groups, inside, rank, 1, 4));
        var node = new OneNode(13, seed % 2 == 0).input("x", x, 1);
        if (known) {
            node.constant("w", w);
        } else {
            node.input("w", w, IntStream.range(0, rank + 2).toArray());
        }
        if (zeros > 0) {
            node.constant("xz", draw.bytes(element));
        }
        if (zeros > 1) {
            node.constant("wz", draw.bytes(weights));
        }
        List<AttributeProto> attributes = draw.window(rank, Arrays.copyOfRange(w.sizes(), 2, rank + 2));
        attributes.add(integer("group", groups));
        node.check(EXACT, "ConvInteger", List.of("y"), attributes, 13);
    }

    @Property(tries = 120)
    void qLinearConv(
            @ForAll @IntRange(min = 1, max = 2) int rank,
            @ForAll boolean biased,
            @ForAll boolean perChannel,
            @ForAll long seed) {
        var draw = new Draw(new RandomTensors(seed));
        int groups = 1 + draw.random().nextInt(2);
        int inside = draw.random().nextInt(4) == 0 && groups == 1 ? 150 : 1 + draw.random().nextInt(4);
        ElementType element = draw.random().nextBoolean() ? ElementType.UINT8 : ElementType.INT8;
        Tensor x = draw.bytes(element, draw.sizes(2, (long) groups * inside, rank, 5, 8));
        Tensor w = draw.bytes(ElementType.INT8, draw.sizes(2L * groups, inside, rank, 1, 4));
        long[] channels = perChannel ? new long[] {w.size(0)} : new long[0];
        Tensor zero = Tensor.ofIntegers(ElementType.INT8, new long[Math.max(1, perChannel ? w.size(0) : 1)], channels);
        var node =
                new OneNode(13, seed % 2 == 0)
                        .input("x", x, 1)
                        .constant("xs", draw.tensors().floatsBetween(0.01, 0.1))
                        .constant("xz", draw.bytes(element))
                        .constant("w", w)
                        .constant("ws", draw.tensors().floatsBetween(0.01, 0.1, channels))
                        .constant("wz", zero)
                        .constant("ys", draw.tensors().floatsBetween(0.1, 9))
                        .constant("yz", draw.bytes(element));
        if (biased) {
            node.constant("b", draw.tensors().integers(ElementType.INT32, -5000, 5000, w.size(0)));
        }
        List<AttributeProto> attributes = draw.window(rank, Arrays.copyOfRange(w.sizes(), 2, rank + 2));
        attributes.add(integer("group", groups));
        node.check(EXACT, "QLinearConv", List.of("y"), attributes, 13);
    }

    @Property(tries = 40)
    void channelsLast(@ForAll boolean biased, @ForAll long seed) {
        var draw = new Draw(new RandomTensors(seed));
        Tensor x = draw.bytes(ElementType.UINT8, 2, 6, 7, 3);
        Tensor w = draw.bytes(ElementType.INT8, 4, 3, 3, 2);
        var node =
                new OneNode(13, seed % 2 == 0)
                        .input("x", x, 3)
                        .constant("xs", draw.tensors().floatsBetween(0.01, 0.1))
                        .constant("xz", draw.bytes(ElementType.UINT8))
                        .constant("w", w)
                        .constant("ws", draw.tensors().floatsBetween(0.01, 0.1, 4))
                        .constant("wz", Tensor.ofIntegers(ElementType.INT8, new long[4], 4))
                        .constant("ys", draw.tensors().floatsBetween(0.1, 2))
                        .constant("yz", draw.bytes(ElementType.UINT8));
        if (biased) {
            node.constant("b", draw.tensors().integers(ElementType.INT32, -5000, 5000, 4));
        }
        List<AttributeProto> attributes = draw.window(2, new long[] {3, 2});
        attributes.add(integer("channels_last", 1));
        node.check(EXACT, "com.microsoft:QLinearConv", List.of("y"), attributes, 13);
    }
}

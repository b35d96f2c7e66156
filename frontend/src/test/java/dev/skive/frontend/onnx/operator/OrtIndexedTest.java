package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Look-ups and hashes of `com.microsoft` against ONNX Runtime.
class OrtIndexedTest {
    private static final RoundTrip EXACT = new RoundTrip(0);

    @Property(tries = 40)
    void unfolds(
            @ForAll @IntRange(min = 1, max = 3) int rank,
            @ForAll @IntRange(min = 1, max = 3) int size,
            @ForAll @IntRange(min = 1, max = 4) int step,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        var sizes = new long[rank];
        Arrays.setAll(sizes, axis -> 3 + random.random().nextInt(4));
        int axis = random.random().nextInt(2 * rank) - rank;
        new OneNode(17, symbolic)
                .input("x", random.floats(sizes))
                .check(
                        EXACT,
                        "com.microsoft:UnfoldTensor",
                        List.of("y"),
                        List.of(integer("dim", axis), integer("size", size), integer("step", step)),
                        17);
    }

    @Provide
    Arbitrary<ElementType> hashed() {
        return Arbitraries.of(ElementType.INT32, ElementType.UINT32, ElementType.INT64, ElementType.UINT64);
    }

    @Property(tries = 40)
    void hashes(@ForAll("hashed") ElementType element, @ForAll boolean positive, @ForAll int start, @ForAll long seed) {
        var random = new RandomTensors(seed).random();
        var elements = new long[12];
        Arrays.setAll(elements, i -> random.nextLong());
        // By way of int64, since ORT's interface for Java has no unsigned integers.
        Tensor x = Tensor.ofIntegers(ElementType.INT64, elements, 3, 4);
        var model =
                new TestModel(18)
                        .domain("com.microsoft")
                        .input("x", ElementType.INT64, "n", 4)
                        .node("Cast", "x", "k", integer("to", OnnxTypes.number(element)))
                        .node(
                                "com.microsoft:MurmurHash3",
                                "k",
                                "h",
                                integer("positive", positive ? 1 : 0),
                                integer("seed", start & 0x7FFF_FFFF))
                        .node("Cast", "h", "y", integer("to", OnnxTypes.number(ElementType.INT64)))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 18);
    }

    @Property(tries = 20)
    void hashesReals(@ForAll boolean wide, @ForAll long seed) {
        var random = new RandomTensors(seed);
        double[] numbers = random.floats(3, 4).reals();
        var node =
                new OneNode(17, seed % 2 == 0)
                        .input("x", Tensor.ofReals(wide ? ElementType.FLOAT64 : ElementType.FLOAT32, numbers, 3, 4));
        node.check(
                EXACT,
                "com.microsoft:MurmurHash3",
                List.of("y"),
                // ORT's interface for Java has no unsigned integers.
                List.of(integer("positive", 0), integer("seed", 7)));
    }

    @Property(tries = 40)
    void samples(@ForAll boolean align, @ForAll boolean nearest, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(16, seed % 2 == 0)
                .input("x", random.floats(2, 3, 4, 5))
                .input("g", random.floatsBetween(-1.7, 1.7, 2, 3, 2, 2))
                .check(
                        new RoundTrip(64),
                        "com.microsoft:GridSample",
                        List.of("y"),
                        List.of(
                                text("mode", nearest ? "nearest" : "bilinear"),
                                text("padding_mode", "border"),
                                integer("align_corners", align ? 1 : 0)),
                        16);
    }

    @Property(tries = 60)
    void gathersBlocks(
            @ForAll @IntRange(min = 0, max = 3) int form,
            @ForAll boolean zeros,
            @ForAll boolean deep,
            @ForAll boolean negative,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        List<ElementType> types = List.of(ElementType.UINT8, ElementType.UINT8, ElementType.UINT4, ElementType.INT4);
        ElementType element = types.get(form);
        boolean packed = form == 0;
        int most = form < 2 ? 256 : element == ElementType.UINT4 ? 16 : 8;
        int least = element == ElementType.INT4 ? -8 : 0;
        int width = 64;
        long[] sizes = deep && form > 1 ? new long[] {5, 2, width} : new long[] {5, packed ? width / 2 : width};
        long[] blocks = sizes.clone();
        blocks[blocks.length - 1] = width / 16;
        long[] points = blocks.clone();
        points[points.length - 1] /= packed ? 2 : 1;
        var node =
                new OneNode(21, seed % 2 == 0)
                        .constant("t", random.integers(element, least, most, sizes))
                        .input("i", random.integers(ElementType.INT64, negative ? -5 : 0, 5, 2, 3))
                        .constant("s", random.floatsBetween(0.01, 0.1, blocks));
        if (zeros) {
            node.constant("z", random.integers(element, least, most, points));
        }
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(integer("block_size", 16));
        attributes.add(integer("gather_axis", 0));
        attributes.add(integer("quantize_axis", blocks.length - 1));
        attributes.add(integer("bits", form == 1 ? 8 : 4));
        node.check(new RoundTrip(8), "com.microsoft:GatherBlockQuantized", List.of("y"), attributes, 21);
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Padding, gathers, scatters and what importers make of index arithmetic.
class IndexedOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(2, 4).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> modes() {
        return Arbitraries.of("constant", "edge", "reflect", "wrap");
    }

    @Provide
    Arbitrary<String> reductions() {
        return Arbitraries.of("none", "add", "mul", "max", "min");
    }

    private static TestModel model(int opset, Tensor x) {
        var model = new TestModel(opset).input("x", x.element(), declared(true, "x", x.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    @Property(tries = 60)
    void pads(@ForAll("shapes") List<Integer> shape, @ForAll("modes") String mode, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        boolean negative = mode.equals("constant");
        long[] pads = random.random().longs(2L * shape.size(), negative ? -1 : 0, 2).toArray();
        TestModel model = model(19, x).longs("pads", pads).constant("value", TensorData.scalar(ElementType.FLOAT32, 3));
        model.node("Pad", negative ? "x,pads,value" : "x,pads", "y", text("mode", mode)).output("y");
        int oldest = mode.equals("wrap") ? 19 : 13;
        CHECK.check(model, Map.of("x", x), oldest, 19);
    }

    @Property(tries = 20)
    void padsOfSomeAxes(@ForAll boolean integer, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = integer ? random.integers(ElementType.INT64, -9, 9, 2, 3, 2) : random.floats(2, 3, 2);
        TestModel model =
                model(18, x)
                        .longs("pads", 1, 2, 0, -1)
                        .longs("axes", -1, 0)
                        .node("Pad", "x,pads,,axes", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13, 18);
        if (!integer) {
            var old = model(10, x).node("Pad", "x", "y", integers("pads", 1, 0, 2, -1, 0, 3), real("value", 2.5f));
            CHECK.check(old.output("y"), Map.of("x", x), 17);
        }
    }

    @Property(tries = 40)
    void elements(@ForAll("shapes") List<Integer> shape, @ForAll("reductions") String reduction, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        int axis = random.random().nextInt(shape.size());
        long[] sizes = Arrays.stream(x.sizes()).map(size -> random.random().nextLong(size + 1)).toArray();
        long size = shape.get(axis);
        // Every index once where the order of updates would matter to ORT too.
        Tensor ids = random.integers(ElementType.INT64, -size, size, sizes);
        Tensor updates = random.floats(sizes);
        TestModel model =
                model(18, x)
                        .input("i", ElementType.INT64, declared(true, "i", sizes))
                        .input("u", ElementType.FLOAT32, declared(true, "i", sizes))
                        .node("GatherElements", "x,i", "y", integer("axis", axis - shape.size()))
                        .node("ScatterElements", "x,i,u", "z", integer("axis", axis), text("reduction", reduction))
                        .output("y", "z");
        CHECK.check(model, Map.of("x", x, "i", ids, "u", updates), 18);
    }

    @Property(tries = 40)
    void tuples(@ForAll("shapes") List<Integer> shape, @ForAll("reductions") String reduction, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        int tuple = 1 + random.random().nextInt(shape.size());
        long least = shape.stream().limit(tuple).mapToLong(size -> size).min().orElseThrow();
        long count = random.random().nextInt(4);
        Tensor ids = random.integers(ElementType.INT64, -least, least, count, tuple);
        long[] sizes = new long[1 + shape.size() - tuple];
        sizes[0] = count;
        for (int i = 1; i < sizes.length; i++) {
            sizes[i] = shape.get(tuple + i - 1);
        }
        Tensor updates = random.floats(sizes);
        TestModel model =
                model(18, x)
                        .input("i", ElementType.INT64, "count", tuple)
                        .input("u", ElementType.FLOAT32, declared(true, "u", sizes))
                        .node("GatherND", "x,i", "y")
                        .node("ScatterND", "x,i,u", "z", text("reduction", reduction))
                        .output("y", "z");
        CHECK.check(model, Map.of("x", x, "i", ids, "u", updates), 18);
    }

    @Property(tries = 10)
    void tuplesInBatches(@ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 4, 2);
        Tensor ids = random.integers(ElementType.INT64, -3, 3, 2, 5, 2);
        TestModel model =
                model(13, x)
                        .input("i", ElementType.INT64, "x0", 5, 2)
                        .node("GatherND", "x,i", "y", integer("batch_dims", 1))
                        .output("y");
        CHECK.check(model, Map.of("x", x, "i", ids), 17);
    }

    @Property(tries = 30)
    void triangles(
            @ForAll @IntRange(min = -4, max = 4) int k,
            @ForAll boolean upper,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(2, 3, 4);
        var model =
                new TestModel(14)
                        .input("x", ElementType.FLOAT32, declared(symbolic, "x", x.sizes()))
                        .constant("k", TensorData.scalar(ElementType.INT64, k))
                        .node("Trilu", "x,k", "y", integer("upper", upper ? 1 : 0))
                        .node("Trilu", "x", "z")
                        .output("y", "z");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void diagonals(@ForAll @IntRange(min = -4, max = 4) int k, @ForAll boolean typed) {
        Tensor x = new RandomTensors(1).floats(3, 4);
        AttributeProto[] attributes =
                typed
                        ? new AttributeProto[] {integer("k", k), integer("dtype", 7)}
                        : new AttributeProto[] {integer("k", k)};
        CHECK.check(model(9, x).node("EyeLike", "x", "y", attributes).output("y"), Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void oneHots(@ForAll @IntRange(min = -3, max = 2) int axis, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor ids = random.integers(ElementType.INT64, -7, 7, 2, 3);
        Tensor values = random.floats(2);
        var model =
                new TestModel(11)
                        .input("ids", ElementType.INT64, "rows", 3)
                        .constant("depth", TensorData.scalar(ElementType.INT64, 5))
                        .input("values", ElementType.FLOAT32, 2)
                        .node("OneHot", "ids,depth,values", "y", integer("axis", axis))
                        .output("y");
        CHECK.check(model, Map.of("ids", ids, "values", values), 17);
    }

    @Property(tries = 20)
    void depths(@ForAll boolean columnFirst, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(2, 8, 4, 6);
        TestModel model =
                model(13, x)
                        .node(
                                "DepthToSpace",
                                "x",
                                "y",
                                integer("blocksize", 2),
                                text("mode", columnFirst ? "CRD" : "DCR"))
                        .node("SpaceToDepth", "y", "z", integer("blocksize", 2))
                        .output("y", "z");
        model.proto()
                .getGraphBuilder()
                .setInput(0, TestModel.value("x", ElementType.FLOAT32, "batch", 8, "rows", "columns"));
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void sequences(@ForAll boolean batchFirst, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(3, 4, 2);
        Tensor lengths = random.integers(ElementType.INT64, 1, batchFirst ? 5 : 4, batchFirst ? 3 : 4);
        TestModel model =
                model(10, x)
                        .input("lengths", ElementType.INT64, batchFirst ? "x0" : "x1")
                        .node(
                                "ReverseSequence",
                                "x,lengths",
                                "y",
                                integer("batch_axis", batchFirst ? 0 : 1),
                                integer("time_axis", batchFirst ? 1 : 0))
                        .output("y");
        CHECK.check(model, Map.of("x", x, "lengths", lengths), 17);
    }

    @Property(tries = 20)
    void selections(@ForAll @IntRange(max = 2) int axis, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(3, 4);
        TensorData condition = TensorData.ofIntegers(ElementType.BOOL, new long[] {0, 1, 1}, 3);
        AttributeProto[] attributes =
                axis == 2 ? new AttributeProto[0] : new AttributeProto[] {integer("axis", axis - 2)};
        TestModel model = model(11, x).constant("c", condition).node("Compress", "x,c", "y", attributes).output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void centres(@ForAll @IntRange(min = 1, max = 7) int rows, @ForAll @IntRange(min = 1, max = 7) int columns) {
        Tensor x = new RandomTensors(1).floats(2, 4, 3);
        var model =
                new TestModel(18)
                        .input("x", ElementType.FLOAT32, "batch", 4, 3)
                        .longs("sizes", rows, columns)
                        .node("CenterCropPad", "x,sizes", "y", integers("axes", 1, -1))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }
}

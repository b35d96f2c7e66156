package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Operators that go along an axis.
class AxisOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(4);
    }

    private static TestModel model(int opset, Tensor x) {
        return new TestModel(opset).input("x", x.element(), declared(true, "x", x.sizes()));
    }

    @Property(tries = 60)
    void searches(
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean keepDims,
            @ForAll boolean last,
            @ForAll boolean integer,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = Longs.toArray(shape);
        Tensor x = integer ? random.integers(ElementType.INT32, 0, 3, sizes) : random.floats(sizes);
        int axis = random.random().nextInt(shape.size());
        TestModel model = model(13, x);
        for (String type : List.of("ArgMax", "ArgMin")) {
            model.node(
                            type,
                            "x",
                            type,
                            integer("axis", axis - shape.size()),
                            integer("keepdims", keepDims ? 1 : 0),
                            integer("select_last_index", last ? 1 : 0))
                    .output(type);
        }
        CHECK.check(model, Map.of("x", x), 13, 18);
    }

    @Property(tries = 40)
    void runningSums(
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean exclusive,
            @ForAll boolean reverse,
            @ForAll boolean integer,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = Longs.toArray(shape);
        Tensor x = integer ? random.integers(ElementType.INT64, -9, 9, sizes) : random.floats(sizes);
        int axis = random.random().nextInt(2 * shape.size()) - shape.size();
        TestModel model =
                model(14, x)
                        .constant("axis", TensorData.scalar(ElementType.INT64, axis))
                        .node(
                                "CumSum",
                                "x,axis",
                                "y",
                                integer("exclusive", exclusive ? 1 : 0),
                                integer("reverse", reverse ? 1 : 0))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 40)
    void relativesOfSoftmax(@ForAll("shapes") List<Integer> shape, @ForAll boolean old, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        int axis = random.random().nextInt(shape.size());
        TestModel model =
                model(old ? 11 : 13, x)
                        .node("LogSoftmax", "x", "a", integer("axis", axis))
                        .node("Hardmax", "x", "b", integer("axis", axis))
                        .output("a", "b");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 30)
    void normalizations(@ForAll boolean one, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(2, 3, 4, 2);
        TestModel model =
                model(13, x)
                        .node("LpNormalization", "x", "a", integer("axis", -2), integer("p", one ? 1 : 2))
                        .node("MeanVarianceNormalization", "x", "b")
                        .node("MeanVarianceNormalization", "x", "c", integers("axes", 1, 3))
                        .output("a", "b", "c");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 30)
    void reductionsOfIntegers(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.integers(ElementType.INT32, 1, 9, Longs.toArray(shape));
        TestModel model = model(17, x);
        for (String type :
                List.of("ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceSumSquare", "ReduceMax", "ReduceMean")) {
            model.node(type, "x", type, integers("axes", 0)).output(type);
        }
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void reductionsOfBooleans(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).integers(ElementType.BOOL, 0, 2, Longs.toArray(shape));
        TestModel model =
                model(20, x)
                        .longs("axes", -1)
                        .node("ReduceMax", "x,axes", "a")
                        .node("ReduceMin", "x", "b")
                        .output("a", "b");
        model.proto().setIrVersion(9);
        CHECK.check(model, Map.of("x", x), 18);
    }

    /// Sums of exponentials where elements or all of them are infinite.
    @Property(tries = 10)
    void infinitePowers(@ForAll boolean keepDims) {
        double low = Double.NEGATIVE_INFINITY;
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[] {low, low, low, 1, 100, 200, -low, 1, low}, 3, 3);
        TestModel model =
                model(13, x)
                        .node("ReduceLogSumExp", "x", "y", integers("axes", 1), integer("keepdims", keepDims ? 1 : 0))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 40)
    void runningProducts(
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean exclusive,
            @ForAll boolean reverse,
            @ForAll boolean integer,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = Longs.toArray(shape);
        Tensor x = integer ? random.integers(ElementType.INT64, -9, 9, sizes) : random.floats(sizes);
        int axis = random.random().nextInt(2 * shape.size()) - shape.size();
        TestModel model =
                model(26, x)
                        .constant("axis", TensorData.scalar(ElementType.INT64, axis))
                        .node(
                                "CumProd",
                                "x,axis",
                                "y",
                                integer("exclusive", exclusive ? 1 : 0),
                                integer("reverse", reverse ? 1 : 0))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 26);
    }

    @Property(tries = 40)
    void determinants(@ForAll boolean batched, @ForAll boolean old, @ForAll long seed) {
        var random = new RandomTensors(seed);
        int size = 1 + random.random().nextInt(6);
        Tensor x = batched ? random.floats(2, 3, size, size) : random.floats(size, size);
        TestModel model = model(old ? 11 : 22, x).node("Det", "x", "y").output("y");
        new RoundTrip(4096).check(model, Map.of("x", x), 13, 22);
    }
}

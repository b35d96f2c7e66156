package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReductionOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(256);

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> reductions() {
        return Arbitraries.of(
                "ReduceSum",
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceLogSum",
                "ReduceLogSumExp",
                "ReduceSumSquare");
    }

    private static long[] someAxes(RandomTensors random, int rank) {
        return LongStream.range(0, rank)
                .filter(axis -> random.random().nextBoolean())
                .map(axis -> random.random().nextBoolean() ? axis : axis - rank)
                .toArray();
    }

    @Property(tries = 60)
    void axesAsOperand(
            @ForAll("reductions") String type,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean keepDims,
            @ForAll boolean noop,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floatsBetween(0.5, 2, Longs.toArray(shape));
        // ORT's own handling of the no-op differs for composed reductions, so only plain ones see empty axes with it.
        long[] axes = someAxes(random, shape.size());
        boolean skips = noop && type.equals("ReduceSum");
        var model =
                new TestModel(18)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .longs("axes", axes)
                        .node(
                                type,
                                "x,axes",
                                "y",
                                integer("keepdims", keepDims ? 1 : 0),
                                integer("noop_with_empty_axes", skips ? 1 : 0))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13, 18);
    }

    @Property(tries = 60)
    void axesAsAttribute(
            @ForAll("reductions") String type,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean keepDims,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floatsBetween(0.5, 2, Longs.toArray(shape));
        long[] axes =
                LongStream.of(someAxes(random, shape.size()))
                        .map(axis -> axis < 0 ? axis + shape.size() : axis)
                        .toArray();
        var model = new TestModel(7).input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()));
        if (axes.length == 0) {
            model.node(type, "x", "y", integer("keepdims", keepDims ? 1 : 0));
        } else {
            model.node(type, "x", "y", integers("axes", axes), integer("keepdims", keepDims ? 1 : 0));
        }
        CHECK.check(model.output("y"), Map.of("x", x), 17);
    }
}

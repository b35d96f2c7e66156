package dev.skive.verify;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.text;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators whose shapes, axes, sizes and bounds come in as inputs of a model.
final class ShapesFromDataTest {
    private static final RandomTensors RANDOM = new RandomTensors(7);

    private static Tensor longs(long... values) {
        return Tensor.ofIntegers(ElementType.INT64, values, values.length);
    }

    private static Tensor number(long value) {
        return Tensor.ofIntegers(ElementType.INT64, new long[] {value});
    }

    private static TestModel floats(int opset, Object... sizes) {
        return new TestModel(opset).input("x", ElementType.FLOAT32, sizes);
    }

    private static TestModel list(TestModel model, String name, int count) {
        return model.input(name, ElementType.INT64, count);
    }

    @Test
    void reshape() throws IOException {
        TestModel model =
                list(floats(13, "a", 3, 4), "s", 3).node("Reshape", "x,s", "h").node("Relu", "h", "y").output("y", "h");
        try (var way = new WholeWay(model, 0)) {
            for (Tensor shape : List.of(longs(4, 2, 3), longs(0, -1, 2), longs(-1, 3, 4), longs(24, 1, 1))) {
                way.check(Map.of("x", RANDOM.floats(2, 3, 4), "s", shape));
            }
            way.export(13, Map.of("x", RANDOM.floats(2, 3, 4), "s", longs(0, -1, 2)));
            for (var run : way.refusing(Map.of("x", RANDOM.floats(2, 3, 4), "s", longs(5, 1, 1)))) {
                assertThatThrownBy(run).isInstanceOf(SkiveException.class).hasMessageContaining("[5, 1, 1]");
            }
        }
        TestModel zeros =
                list(floats(14, 0, 3), "s", 2).node("Reshape", "x,s", "y", integer("allowzero", 1)).output("y");
        WholeWay.check(zeros, Map.of("x", RANDOM.floats(0, 3), "s", longs(7, 0)));
    }

    @Test
    void expandTileAndFill() throws IOException {
        TestModel model =
                list(list(floats(13, 3, 1), "s", 3), "r", 2)
                        .node("Expand", "x,s", "expanded")
                        .node("Tile", "x,r", "tiled")
                        .node("ConstantOfShape", "s", "filled")
                        .node("Relu", "expanded", "relu")
                        .output("expanded", "tiled", "filled", "relu");
        try (var way = new WholeWay(model, 0)) {
            way.check(Map.of("x", RANDOM.floats(3, 1), "s", longs(2, 3, 4), "r", longs(2, 3)));
            way.check(Map.of("x", RANDOM.floats(3, 1), "s", longs(2, 1, 1), "r", longs(1, 0)));
            way.export(13, Map.of("x", RANDOM.floats(3, 1), "s", longs(2, 3, 4), "r", longs(2, 3)));
            for (var run : way.refusing(Map.of("x", RANDOM.floats(3, 1), "s", longs(2, 3, -4), "r", longs(2, 3)))) {
                assertThatThrownBy(run).isInstanceOf(SkiveException.class).hasMessageContaining("-4");
            }
        }
    }

    @Test
    void expandAxesOfAnySize() throws IOException {
        TestModel model =
                list(list(floats(13, "n", 3, "m"), "s", 4), "r", 2)
                        .node("Expand", "x,s", "y")
                        .node("Expand", "x,r", "z")
                        .node("Relu", "y", "w")
                        .output("y", "z", "w");
        try (var way = new WholeWay(model, 0)) {
            way.check(Map.of("x", RANDOM.floats(2, 3, 1), "s", longs(2, 1, 3, 4), "r", longs(1, 2)));
            way.check(Map.of("x", RANDOM.floats(1, 3, 5), "s", longs(1, 2, 3, 5), "r", longs(3, 1)));
            way.check(Map.of("x", RANDOM.floats(1, 3, 1), "s", longs(1, 2, 1, 0), "r", longs(3, 5)));
            for (var run :
                    way.refusing(Map.of("x", RANDOM.floats(2, 3, 2), "s", longs(2, 1, 4, 2), "r", longs(1, 2)))) {
                assertThatThrownBy(run).isInstanceOf(SkiveException.class);
            }
        }
    }

    @Test
    void squeezeAndUnsqueeze() throws IOException {
        TestModel model =
                list(list(floats(13, 1, 3, 1, 5), "q", 1), "u", 2)
                        .node("Squeeze", "x,q", "squeezed")
                        .node("Unsqueeze", "x,u", "unsqueezed")
                        .output("squeezed", "unsqueezed");
        try (var way = new WholeWay(model, 0)) {
            way.check(Map.of("x", RANDOM.floats(1, 3, 1, 5), "q", longs(-2), "u", longs(5, 0)));
            way.check(Map.of("x", RANDOM.floats(1, 3, 1, 5), "q", longs(0), "u", longs(-1, 2)));
            way.export(13, Map.of("x", RANDOM.floats(1, 3, 1, 5), "q", longs(0), "u", longs(-1, 2)));
        }
    }

    @Test
    void slice() throws IOException {
        TestModel model =
                list(list(list(list(floats(13, 5, 6, 7), "from", 2), "to", 2), "axes", 2), "by", 2)
                        .node("Slice", "x,from,to,axes,by", "all")
                        .node("Slice", "x,from,to", "first")
                        .output("all", "first");
        long far = Long.MAX_VALUE;
        try (var way = new WholeWay(model, 0)) {
            Tensor x = RANDOM.floats(5, 6, 7);
            way.check(slice(x, longs(1, 2), longs(4, -1), longs(0, 2), longs(1, 2)));
            way.check(slice(x, longs(-1, 10), longs(-far, 0), longs(-1, 0), longs(-1, -2)));
            way.check(slice(x, longs(0, 3), longs(far, 1), longs(1, 2), longs(5, 1)));
            way.check(slice(x, longs(-100, -100), longs(-100, 100), longs(2, 1), longs(-1, 1)));
            way.export(13, slice(x, longs(1, 2), longs(4, -1), longs(0, 2), longs(1, 2)));
        }
    }

    private static Map<String, Tensor> slice(Tensor x, Tensor from, Tensor to, Tensor axes, Tensor by) {
        return ImmutableMap.of("x", x, "from", from, "to", to, "axes", axes, "by", by);
    }

    @Test
    void split() throws IOException {
        TestModel model = list(floats(13, 2, 6), "s", 2);
        model.nodes("Split", "x,s", List.of("a", "b"), integer("axis", 1)).output("a", "b");
        try (var way = new WholeWay(model, 0)) {
            way.check(Map.of("x", RANDOM.floats(2, 6), "s", longs(2, 4)));
            way.check(Map.of("x", RANDOM.floats(2, 6), "s", longs(0, 6)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "edge", "reflect", "wrap"})
    void pad(String mode) throws IOException {
        TestModel model =
                list(list(list(floats(19, 3, 4, 5), "all", 6), "some", 4), "axes", 2)
                        .input("v", ElementType.FLOAT32)
                        .node("Pad", "x,all,v", "whole", text("mode", mode))
                        .node("Pad", "x,some,v,axes", "part", text("mode", mode))
                        .output("whole", "part");
        try (var way = new WholeWay(model, 0)) {
            Tensor x = RANDOM.floats(3, 4, 5);
            way.check(pads(x, longs(1, 0, 2, 0, 3, 1), longs(1, 2, 0, 1), longs(0, 2)));
            way.check(pads(x, longs(0, 0, 0, 0, 0, 0), longs(2, 1, 2, 1), longs(-1, 1)));
            way.check(pads(x, longs(-1, 0, 0, 0, -2, 1), longs(-1, 1, 1, 0), longs(-1, 0)));
            way.export(19, pads(x, longs(1, 0, 2, 0, 3, 1), longs(1, 2, 0, 1), longs(0, 2)));
        }
    }

    private static Map<String, Tensor> pads(Tensor x, Tensor all, Tensor some, Tensor axes) {
        Tensor value = Tensor.ofReals(ElementType.FLOAT32, new double[] {1.5});
        return ImmutableMap.of("x", x, "all", all, "some", some, "axes", axes, "v", value);
    }

    @Test
    void centerCropPad() throws IOException {
        TestModel model = list(floats(18, 5, 6), "s", 2).node("CenterCropPad", "x,s", "y").output("y");
        try (var way = new WholeWay(model, 0)) {
            way.check(Map.of("x", RANDOM.floats(5, 6), "s", longs(2, 9)));
            way.check(Map.of("x", RANDOM.floats(5, 6), "s", longs(8, 3)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT64", "INT64", "INT32", "INT16"})
    void range(ElementType element) throws IOException {
        TestModel model =
                new TestModel(13)
                        .input("a", element)
                        .input("b", element)
                        .input("c", element)
                        .node("Range", "a,b,c", "y")
                        .output("y");
        try (var way = new WholeWay(model, 4)) {
            for (double[] bounds : new double[][] {{1, 9, 2}, {10, 3, -3}, {4, 4, 1}, {5, 1, 1}}) {
                ImmutableMap.Builder<String, Tensor> inputs = ImmutableMap.builder();
                for (int i = 0; i < bounds.length; i++) {
                    TensorData data = TensorData.scalar(element, bounds[i]);
                    inputs.put(List.of("a", "b", "c").get(i), Tensor.of(data));
                }
                way.check(inputs.buildOrThrow());
            }
        }
    }

    @Test
    void oneHot() throws IOException {
        TestModel model =
                new TestModel(11)
                        .input("i", ElementType.INT64, 2, 3)
                        .input("d", ElementType.INT64, 1)
                        .input("r", ElementType.FLOAT32)
                        .input("v", ElementType.FLOAT32, 2)
                        .node("OneHot", "i,d,v", "y", integer("axis", 1))
                        .node("OneHot", "i,r,v", "z")
                        .output("y", "z");
        try (var way = new WholeWay(model, 0)) {
            Tensor indices = RANDOM.integers(ElementType.INT64, -5, 5, 2, 3);
            Tensor values = Tensor.ofReals(ElementType.FLOAT32, new double[] {-1, 2}, 2);
            Tensor real = Tensor.ofReals(ElementType.FLOAT32, new double[] {7});
            way.check(ImmutableMap.of("i", indices, "d", longs(5), "r", real, "v", values));
            way.check(ImmutableMap.of("i", indices, "d", longs(12), "r", real, "v", values));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReduceSum",
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceLogSum",
                "ReduceLogSumExp",
                "ReduceSumSquare"
            })
    void reductions(String type) throws IOException {
        TestModel model =
                list(list(list(floats(18, 3, 4, 5), "a", 2), "b", 1), "none", 0)
                        .node("Abs", "x", "h")
                        .node(type, "h,a", "kept")
                        .node(type, "h,b", "dropped", integer("keepdims", 0))
                        .node(type, "h,none", "all")
                        .node(type, "h,none", "same", integer("noop_with_empty_axes", 1))
                        .output("kept", "dropped", "all", "same");
        try (var way = new WholeWay(model, 128)) {
            Tensor x = RANDOM.floats(3, 4, 5);
            way.check(ImmutableMap.of("x", x, "a", longs(0, 2), "b", longs(1), "none", longs()));
            way.check(ImmutableMap.of("x", x, "a", longs(-1, 1), "b", longs(-3), "none", longs()));
        }
    }

    @Test
    void cumSum() throws IOException {
        TestModel model =
                floats(14, "n", 3, 4)
                        .input("a", ElementType.INT64)
                        .node("CumSum", "x,a", "y")
                        .node("CumSum", "x,a", "z", integer("exclusive", 1), integer("reverse", 1))
                        .output("y", "z");
        try (var way = new WholeWay(model, 16)) {
            for (long axis = -3; axis < 3; axis++) {
                way.check(Map.of("x", RANDOM.floats(2, 3, 4), "a", number(axis)));
            }
            way.export(14, Map.of("x", RANDOM.floats(2, 3, 4), "a", number(-2)));
        }
    }

    @Test
    void trilu() throws IOException {
        TestModel model = floats(14, 4, 5).input("k", ElementType.INT64).node("Trilu", "x,k", "y").output("y");
        try (var way = new WholeWay(model, 0)) {
            for (long k : new long[] {-6, -1, 0, 2, 7}) {
                way.check(Map.of("x", RANDOM.floats(4, 5), "k", number(k)));
            }
        }
    }
}

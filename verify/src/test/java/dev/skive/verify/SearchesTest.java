package dev.skive.verify;

import static dev.skive.frontend.onnx.TestModel.integer;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators that look for elements.
final class SearchesTest {
    private static final RandomTensors RANDOM = new RandomTensors(11);

    private static Tensor longs(long... values) {
        return Tensor.ofIntegers(ElementType.INT64, values, values.length);
    }

    private static TestModel topK(int opset, ElementType element, int axis, boolean largest) {
        TestModel model = new TestModel(opset).input("x", element, 3, 4, 5).input("k", ElementType.INT64, 1);
        var attributes = new ArrayList<AttributeProto>(List.of(integer("axis", axis)));
        if (opset > 10) {
            attributes.add(integer("largest", largest ? 1 : 0));
        }
        model.nodes("TopK", "x,k", List.of("v", "i"), attributes.toArray(AttributeProto[]::new)).output("v", "i");
        return model;
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT64", "INT64", "INT32"})
    void topKOfRunTimeData(ElementType element) throws IOException {
        for (int axis = -1; axis < 2; axis++) {
            try (var way = new WholeWay(topK(11, element, axis, axis != 0), 0)) {
                Tensor x = element.isReal() ? reals(element) : RANDOM.integers(element, -3, 3, 3, 4, 5);
                for (long k = 0; k < 4; k++) {
                    way.check(Map.of("x", x, "k", longs(k)));
                }
                way.export(13, Map.of("x", x, "k", longs(2)));
            }
        }
    }

    private static Tensor reals(ElementType element) {
        return Tensor.ofReals(element, RANDOM.floats(60).reals(), 3, 4, 5);
    }

    @Test
    void topKOfEqualAndSpecialNumbers() throws IOException {
        try (var way = new WholeWay(topK(10, ElementType.FLOAT32, -1, true), 0)) {
            var values = new double[60];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        new double[] {0.0, -0.0, 1, Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY, 0}[i % 7];
            }
            way.check(Map.of("x", Tensor.ofReals(ElementType.FLOAT32, values, 3, 4, 5), "k", longs(4)));
        }
    }

    @Test
    void topKWithAnAttribute() {
        TestModel model = new TestModel(9).input("x", ElementType.FLOAT32, "n", 5);
        model.nodes("TopK", "x", List.of("v", "i"), integer("k", 2)).node("Relu", "v", "y").output("v", "i", "y");
        WholeWay.check(model, Map.of("x", RANDOM.floats(4, 5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-9, 0, 1, -1})
    void unique(int axis) throws IOException {
        for (int sorted = 0; sorted < 2; sorted++) {
            TestModel model = new TestModel(11).input("x", ElementType.FLOAT32, "n", 3, 2);
            var attributes = new ArrayList<AttributeProto>(List.of(integer("sorted", sorted)));
            Optional.of(axis).filter(a -> a > -9).ifPresent(a -> attributes.add(integer("axis", a)));
            model.nodes("Unique", "x", List.of("y", "i", "v", "c"), attributes.toArray(AttributeProto[]::new))
                    .node("Neg", "y", "z")
                    .output("y", "i", "v", "c", "z");
            try (var way = new WholeWay(model, 0)) {
                Tensor x = small(4);
                way.check(Map.of("x", x)).export(13, Map.of("x", x));
                way.check(Map.of("x", small(1)));
            }
        }
    }

    /// Few different numbers.
    private static Tensor small(int rows) {
        double[] values = new double[rows * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = RANDOM.random().nextInt(2) - 0.5;
        }
        return Tensor.ofReals(ElementType.FLOAT32, values, rows, 3, 2);
    }

    @Test
    void compress() throws IOException {
        TestModel model =
                new TestModel(11)
                        .input("x", ElementType.FLOAT32, 3, 4)
                        .input("c", ElementType.BOOL, 3)
                        .node("Compress", "x,c", "rows", integer("axis", 0))
                        .node("Compress", "x,c", "columns", integer("axis", -1))
                        .node("Compress", "x,c", "flat")
                        .output("rows", "columns", "flat");
        try (var way = new WholeWay(model, 0)) {
            for (int bits = 0; bits < 8; bits++) {
                var holds = new long[] {bits & 1, bits >> 1 & 1, bits >> 2};
                Tensor condition = Tensor.ofIntegers(ElementType.BOOL, holds, 3);
                way.check(Map.of("x", RANDOM.floats(3, 4), "c", condition));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nonMaxSuppression(int centered) throws IOException {
        TestModel model =
                new TestModel(11)
                        .input("boxes", ElementType.FLOAT32, 2, 12, 4)
                        .input("scores", ElementType.FLOAT32, 2, 3, 12)
                        .input("most", ElementType.INT64, 1)
                        .input("overlap", ElementType.FLOAT32, 1)
                        .input("least", ElementType.FLOAT32, 1)
                        .node(
                                "NonMaxSuppression",
                                "boxes,scores,most,overlap,least",
                                "all",
                                integer("center_point_box", centered))
                        .node("NonMaxSuppression", "boxes,scores,most", "some", integer("center_point_box", centered))
                        .node("NonMaxSuppression", "boxes,scores", "none", integer("center_point_box", centered))
                        .output("all", "some", "none");
        try (var way = new WholeWay(model, 0)) {
            for (long most : new long[] {0, 1, 3, 100}) {
                ImmutableMap<String, Tensor> inputs =
                        ImmutableMap.of(
                                "boxes", RANDOM.floatsBetween(0.1, 4, 2, 12, 4),
                                "scores", RANDOM.floatsBetween(0, 1, 2, 3, 12),
                                "most", longs(most),
                                "overlap", Tensor.ofReals(ElementType.FLOAT32, new double[] {0.3f}, 1),
                                "least", Tensor.ofReals(ElementType.FLOAT32, new double[] {0.25f}, 1));
                way.check(inputs).export(13, inputs);
            }
        }
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators in the forms of opsets that no longer write them so, against ONNX Runtime.
class OldOpsetsTest {
    private static final RoundTrip CHECK = new RoundTrip(32);
    private static final Tensor X = new RandomTensors(3).floats(2, 3, 4);

    private static void check(int opset, String type, AttributeProto... attributes) {
        new OneNode(opset, true).input("x", X).check(CHECK, type, List.of("y"), List.of(attributes), 17);
    }

    /// Over all axes from `axis` on, the second unless said otherwise.
    @ParameterizedTest
    @CsvSource({
        "Softmax, 7",
        "LogSoftmax, 7",
        "Hardmax, 7",
        "Softmax, 11",
        "LogSoftmax, 11",
        "Hardmax, 11",
        "Softmax, 13"
    })
    void flattened(String type, int opset) {
        check(opset, type);
        for (int axis = 0; axis < 3; axis++) {
            check(opset, type, integer("axis", axis));
        }
        if (opset > 10) {
            check(opset, type, integer("axis", -2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 10})
    void clip(int opset) {
        check(opset, "Clip");
        check(opset, "Clip", real("min", -0.5f));
        check(opset, "Clip", real("max", 0.25f));
        check(opset, "Clip", real("min", -0.5f), real("max", 0.25f));
    }

    /// The mask has been of the operand's type, then boolean, then filled.
    @ParameterizedTest
    @ValueSource(ints = {7, 9, 10, 11, 12, 13, 22})
    void dropout(int opset) {
        new OneNode(opset, true).input("x", X).check(CHECK, "Dropout", List.of("y", "mask"), List.of(), 17);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 10})
    void attributesThatBecameOperands(int opset) {
        check(opset, "Pad", integers("pads", 0, 1, 2, 1, 0, -1), real("value", 3));
        check(opset, "Pad", integers("pads", 0, 1, 2, 1, 0, 1), text("mode", "reflect"));
        check(opset, "Pad", integers("pads", 0, 1, 2, 1, 0, 1), text("mode", "edge"));
        check(opset, "Unsqueeze", integers("axes", 0, 3));
        if (opset < 10) {
            check(opset, "Slice", integers("starts", 1, -3), integers("ends", 100, -1), integers("axes", 0, 2));
            check(opset, "Slice", integers("starts", 0, 1), integers("ends", 1, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 11, 12})
    void squeezeAndSplit(int opset) {
        Tensor thin = new RandomTensors(5).floats(1, 3, 1, 4);
        new OneNode(opset, false).input("x", thin).check(CHECK, "Squeeze", List.of("y"), List.of(), 17);
        new OneNode(opset, true)
                .input("x", thin)
                .check(CHECK, "Squeeze", List.of("y"), List.of(integers("axes", 0, 2)), 17);
        new OneNode(opset, true)
                .input("x", X, 2)
                .check(CHECK, "Split", List.of("a", "b"), List.of(integer("axis", 2)), 17);
        new OneNode(opset, true)
                .input("x", X, 2)
                .check(CHECK, "Split", List.of("a", "b"), List.of(integer("axis", 2), integers("split", 1, 3)), 17);
    }

    /// The last of several parts may be smaller since opset 18.
    @ParameterizedTest
    @CsvSource({"5, 2", "5, 3", "7, 3", "6, 3", "7, 4"})
    void unevenSplit(long size, int parts) {
        Tensor x = new RandomTensors(5).floats(2, size);
        List<String> results = List.of("a", "b", "c", "d").subList(0, parts);
        new OneNode(18, false)
                .input("x", x)
                .check(CHECK, "Split", results, List.of(integer("axis", 1), integer("num_outputs", parts)), 17, 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReduceL1",
                "ReduceL2",
                "ReduceLogSum",
                "ReduceLogSumExp",
                "ReduceMax",
                "ReduceMean",
                "ReduceMin",
                "ReduceProd",
                "ReduceSum",
                "ReduceSumSquare"
            })
    void reductions(String type) {
        Tensor positive = new RandomTensors(5).floatsBetween(0.5, 2, 2, 3, 4);
        for (int opset : new int[] {7, 11, 12}) {
            for (var attributes :
                    List.of(
                            List.<AttributeProto>of(),
                            List.of(integers("axes", 1), integer("keepdims", 0)),
                            List.of(integers("axes", 0, 2)))) {
                new OneNode(opset, true).input("x", positive).check(CHECK, type, List.of("y"), attributes, 17);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sum", "Mean", "Max", "Min"})
    void variadic(String type) {
        var random = new RandomTensors(9);
        new OneNode(7, false)
                .input("a", random.floats(2, 3))
                .input("b", random.floats(2, 3))
                .check(CHECK, type, List.of("y"), List.of(), 17);
        new OneNode(8, true)
                .input("a", random.floats(2, 3), 0, 1)
                .input("b", random.floats(3), 0)
                .input("c", random.floats(2, 1), 1)
                .check(CHECK, type, List.of("y"), List.of(), 17);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 11})
    void gemm(int opset) {
        var random = new RandomTensors(9);
        var node = new OneNode(opset, true).input("a", random.floats(3, 5)).constant("b", random.floats(4, 5));
        node.constant("c", random.floats(3, 1))
                .check(CHECK, "Gemm", List.of("y"), List.of(integer("transB", 1), real("beta", 0.5f)), 17);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10})
    void scatter(int opset) {
        var random = new RandomTensors(9);
        new OneNode(opset, true)
                .input("x", random.floats(5, 3))
                .constant("at", Tensor.ofIntegers(ElementType.INT64, new long[] {4, 0, 2, 1, 3, 0}, 2, 3))
                .input("updates", random.floats(2, 3))
                .check(CHECK, "Scatter", List.of("y"), List.of(integer("axis", 0)), 17);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import java.util.List;

/// A node of `ai.onnx.ml` with one operand.
///
/// @param version of its operator set
/// @param type the operator
/// @param x the operand
/// @param symbolic whether its sizes are open
record LearningNode(int version, String type, Tensor x, boolean symbolic) {
    private static final int OPSET = 21;

    /// The model of the node.
    TestModel model(List<String> results, List<AttributeProto> attributes) {
        var model = new TestModel(OPSET).domain("ai.onnx.ml", version);
        model.proto().setIrVersion(10);
        model.input("x", x.element(), RandomTensors.declared(symbolic, "x", x.sizes()));
        model.nodes("ai.onnx.ml:" + type, "x", results, attributes.toArray(AttributeProto[]::new));
        return model.output(results.toArray(String[]::new));
    }

    /// Holds the node against ONNX Runtime, and its export.
    void check(List<String> results, AttributeProto... attributes) {
        new RoundTrip(64).check(model(results, List.of(attributes)), ImmutableMap.of("x", x), OPSET);
    }

    /// Holds the node against ONNX Runtime.
    void checkImport(List<String> results, List<AttributeProto> attributes) {
        new RoundTrip(64).check(model(results, attributes), ImmutableMap.of("x", x));
    }
}

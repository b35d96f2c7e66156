package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A model of one node under construction, with the values of its inputs.
final class OneNode {
    private final TestModel model;
    private final ImmutableMap.Builder<String, Tensor> inputs = ImmutableMap.builder();
    private final List<String> names = new ArrayList<>();
    private final boolean symbolic;

    /// A model without a node.
    ///
    /// @param symbolic whether inputs have open sizes
    OneNode(int opset, boolean symbolic) {
        this.model = new TestModel(opset).domain("com.microsoft");
        this.symbolic = symbolic;
        model.proto().setIrVersion(10);
    }

    /// Adds an operand whose listed axes are known in any case.
    OneNode input(String name, Tensor tensor, int... known) {
        Object[] sizes = RandomTensors.declared(symbolic, name, tensor.sizes());
        for (int axis : known) {
            sizes[axis] = tensor.sizes()[axis];
        }
        model.input(name, tensor.element(), sizes);
        inputs.put(name, tensor);
        names.add(name);
        return this;
    }

    /// Adds an operand that is a constant.
    OneNode constant(String name, Tensor tensor) {
        model.constant(name, tensor.toData());
        names.add(name);
        return this;
    }

    /// Leaves operands out.
    OneNode absent(int count) {
        for (int i = 0; i < count; i++) {
            names.add("");
        }
        return this;
    }

    /// The model of a node of these operands.
    TestModel model(String type, List<String> results, List<AttributeProto> attributes) {
        model.nodes(type, String.join(",", names), results, attributes.toArray(AttributeProto[]::new));
        return model.output(results.stream().filter(name -> !name.isEmpty()).toArray(String[]::new));
    }

    /// The values of the inputs.
    ImmutableMap<String, Tensor> inputs() {
        return inputs.buildOrThrow();
    }

    /// Holds the node and its exports against ONNX Runtime.
    void check(RoundTrip check, String type, List<String> results, List<AttributeProto> attributes, int... opsets) {
        check.check(model(type, results, attributes), inputs(), opsets);
    }
}

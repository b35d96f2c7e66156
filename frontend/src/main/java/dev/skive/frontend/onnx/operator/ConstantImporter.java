package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import java.util.Optional;
import java.util.stream.Stream;

/// `Constant` in all its forms.
record ConstantImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Attributes attributes = node.attributes();
        return Stream.<Optional<TensorData>>of(
                        attributes.tensor("value").map(node.tensors()::read),
                        attributes.sparseTensor("sparse_value").map(node.tensors()::read),
                        attributes.real("value_float").map(value -> floats(ImmutableList.of(value))),
                        attributes.reals("value_floats").map(values -> floats(values, values.size())),
                        attributes.integer("value_int").map(value -> longs(ImmutableList.of(value))),
                        attributes.integers("value_ints").map(values -> longs(values, values.size())),
                        text(attributes),
                        attributes.texts("value_strings").map(values -> TensorData.ofText(values, values.size())))
                .flatMap(Optional::stream)
                .findFirst()
                .map(node::constant)
                .orElseThrow(() -> node.failure("a constant without a value"));
    }

    private static TensorData floats(ImmutableList<Float> values, long... sizes) {
        return TensorData.ofFloats(com.google.common.primitives.Floats.toArray(values), sizes);
    }

    private static TensorData longs(ImmutableList<Long> values, long... sizes) {
        return TensorData.ofLongs(Longs.toArray(values), sizes);
    }

    private static Optional<TensorData> text(Attributes attributes) {
        return attributes.has("value_string")
                ? Optional.of(TensorData.ofText(ImmutableList.of(attributes.text("value_string", ""))))
                : Optional.empty();
    }
}

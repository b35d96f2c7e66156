package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The elements of values that follow from constants and known sizes, for importers that need them. Only small tensors are
/// followed: nobody computes the shape of something from a large one.
final class ConstantFolding {
    private static final int MOST_ELEMENTS = 1 << 16;
    private static final int MOST_NODES = 1 << 10;

    private final Map<Node, Optional<ImmutableList<Tensor>>> known = new HashMap<>();

    private ConstantFolding() {}

    /// The elements of a value, when they follow from constants.
    static Optional<TensorData> fold(Value value) {
        return value.constant().or(() -> new ConstantFolding().tensor(value).map(Tensor::toData));
    }

    private Optional<Tensor> tensor(Value value) {
        Optional<Tensor> sizes = sizes(value);
        return sizes.isPresent() ? sizes : results(value.node()).map(results -> results.get(value.index()));
    }

    private static Optional<Tensor> sizes(Value value) {
        return value.contents()
                .filter(dims -> dims.stream().allMatch(Dim::isKnown))
                .map(dims ->
                        Tensor.ofIntegers(
                                value.tensor().element(),
                                dims.stream().mapToLong(Dim::known).toArray(),
                                value.shape().dims().stream().mapToLong(Dim::known).toArray()));
    }

    private Optional<ImmutableList<Tensor>> results(Node node) {
        Optional<ImmutableList<Tensor>> before = known.get(node);
        if (before != null) {
            return before;
        }
        Optional<ImmutableList<Tensor>> results = known.size() < MOST_NODES ? evaluate(node) : Optional.empty();
        known.put(node, results);
        return results;
    }

    private Optional<ImmutableList<Tensor>> evaluate(Node node) {
        if (!isSmall(node) || node.op() instanceof Dynamic) {
            return Optional.empty();
        }
        if (node.op() instanceof Source) {
            return node.result().constant().map(data -> ImmutableList.of(Tensor.of(data)));
        }
        var operands = ImmutableList.<Optional<Datum>>builder();
        for (Value operand : node.operands()) {
            Optional<Tensor> tensor = operand.isAbsent() ? Optional.empty() : tensor(operand);
            if (tensor.isEmpty() && !operand.isAbsent()) {
                return Optional.empty();
            }
            operands.add(tensor.map(found -> found));
        }
        var evaluation = new Evaluation(node, operands.build(), new HashMap<>(), Precision.DECLARED);
        return Optional.of(
                new Interpreter(Precision.DECLARED)
                        .evaluate(evaluation).stream()
                                .map(Tensor.class::cast)
                                .collect(ImmutableList.toImmutableList()));
    }

    /// True when the sizes of all results are known and small.
    private static boolean isSmall(Node node) {
        return node.types().stream()
                .allMatch(type ->
                        type instanceof TensorType tensor
                                && tensor.shape().elementCount().isKnown()
                                && tensor.shape().elementCount().known() <= MOST_ELEMENTS);
    }
}

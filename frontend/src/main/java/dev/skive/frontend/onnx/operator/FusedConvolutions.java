package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/// Convolutions as ORT's optimizer writes them: with an activation, and with channels last.
final class FusedConvolutions {
    private FusedConvolutions() {}

    /// `FusedConv`: a convolution, plus operand 3, then an activation.
    static Value fused(NodeContext node) {
        Value sum = Convolutions.conv(node);
        return activated(node, node.has(3) ? node.add(new Add(), sum, node.operand(3)) : sum);
    }

    /// `NhwcFusedConv`: operands, but for the weight, and result have their channels last.
    static Value channelsLast(NodeContext node) {
        NodeContext first = channelsFirst(node, List.of(0, 3));
        return toLast(node, fused(first));
    }

    /// `NhwcMaxPool`.
    static Value channelsLastMaxPool(NodeContext node) {
        NodeContext first = channelsFirst(node, List.of(0));
        return toLast(node, Poolings.max(first).getFirst());
    }

    /// The node with some operands' channels moved to the front.
    static NodeContext channelsFirst(NodeContext node, List<Integer> moved) {
        ImmutableList<Value> operands =
                IntStream.range(0, node.operands().size())
                        .mapToObj(i ->
                                moved.contains(i) && node.has(i)
                                        ? toFirst(node, node.operand(i))
                                        : node.operands().get(i))
                        .collect(ImmutableList.toImmutableList());
        return node.withOperands(operands);
    }

    /// A value with the last axis right after the first.
    static Value toFirst(NodeContext node, Value value) {
        int rank = value.shape().rank();
        var perm = IntStream.range(0, rank).mapToObj(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1);
        return node.add(new Transpose(perm.collect(ImmutableList.toImmutableList())), value);
    }

    /// A value with the axis after the first moved to the end.
    static Value toLast(NodeContext node, Value value) {
        int rank = value.shape().rank();
        var perm = IntStream.range(0, rank).mapToObj(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1);
        return node.add(new Transpose(perm.collect(ImmutableList.toImmutableList())), value);
    }

    private static Value activated(NodeContext node, Value value) {
        String name = node.attributes().text("activation", "");
        List<Float> parameters =
                node.attributes().reals("activation_params").<List<Float>>map(list -> list).orElse(List.of());
        int expected = name.equals("LeakyRelu") ? 1 : name.equals("Clip") || name.equals("HardSigmoid") ? 2 : 0;
        if (parameters.size() < expected) {
            throw node.failure("activation %s needs %s parameters, found %s", name, expected, parameters);
        }
        Term x = new Term(node, value);
        return switch (name) {
            case "" -> value;
            case "Relu" -> x.with(new Relu()).value();
            case "Sigmoid" -> x.with(new Sigmoid()).value();
            case "Tanh" -> x.with(new Tanh()).value();
            case "LeakyRelu" -> x.isLess(0).choose(x.times(parameters.getFirst()), x).value();
            case "Clip" -> x.max(parameters.getFirst()).min(parameters.get(1)).value();
            case "HardSigmoid" -> x.times(parameters.getFirst()).plus(parameters.get(1)).min(1).max(0).value();
            default -> throw node.failure("activation '%s' is not known", name);
        };
    }
}

package dev.skive.passes.weight;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;

/// The elements of weights, in the type and layout they are used in.
public final class HeldWeight {
    private HeldWeight() {}

    /// The elements of a weight as [Weight#is] knows them.
    public static TensorData of(Value weight) {
        Node node = weight.node();
        return weight.constant()
                .orElseGet(() ->
                        switch (node.op()) {
                            case Cast(var to) -> WeightConversion.convert(of(node.operand(0)), to);
                            case Reshape reshape -> of(node.operand(0)).reshape(node.result().shape().known());
                            case Transpose(var perm) -> WeightMovement.transpose(of(node.operand(0)), perm);
                            case Dequantize dequantize ->
                                    new Interpreter(Precision.DECLARED).fold(node).getFirst().toData();
                            default -> throw new AssertionError("no weight: " + node);
                        });
    }
}

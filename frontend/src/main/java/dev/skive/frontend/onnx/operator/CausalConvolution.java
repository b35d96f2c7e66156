package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// `CausalConvWithState`: each channel by itself, looking back only; what it looks back at is carried from run to run.
record CausalConvolution() implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        Value x = node.operand(0);
        Value weight = node.operand(1);
        if (x.shape().rank() != 3 || weight.shape().rank() != 3 || node.attributes().integer("ndim", 1) != 1) {
            throw node.failure("needs [n, c, l] and a weight [c, 1, k], found %s and %s", x.type(), weight.type());
        }
        Dim channels = weight.shape().dim(0);
        if (!channels.isKnown()) {
            throw node.failure("the channels of the weight %s must be known", weight.type());
        }
        Dim before = weight.shape().dim(2).minus(Dim.ONE);
        Shape state = Shape.of(x.shape().dim(0), channels, before);
        Value past = node.optional(3).orElseGet(() -> node.add(new Expand(state.dims()), node.scalar(x, 0)));
        if (past.shape().rank() != 3 || past.shape().dim(2).differsFrom(before)) {
            throw node.failure("the state must be %s, found %s", state, past.type());
        }
        Value all = node.add(new Concat(2), past, x);
        var conv = new Conv(Window.simple(1), channels.known());
        Value sum = node.has(2) ? node.add(conv, all, weight, node.operand(2)) : node.add(conv, all, weight);
        Value present = node.add(Slice.along(all.shape(), 2, x.shape().dim(2), before), all);
        return ImmutableList.of(activated(node, sum), present);
    }

    private static Value activated(NodeContext node, Value sum) {
        String activation = node.attributes().text("activation", "none");
        return switch (activation) {
            case "none" -> sum;
            case "silu", "swish" -> {
                Term x = new Term(node, sum);
                yield x.times(x.with(new Sigmoid())).value();
            }
            default -> throw node.failure("attribute 'activation' is '%s'", activation);
        };
    }
}

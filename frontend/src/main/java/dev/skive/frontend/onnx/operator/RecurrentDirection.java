package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/// One direction of an ONNX recurrent node: its part of the operands, laid out as the IR wants them.
///
/// @param node the ONNX node
/// @param index which direction
/// @param byBatch whether states lie `[batch, directions, units]`
record RecurrentDirection(NodeContext node, int index, boolean byBatch) {
    private static final int BIAS = 3;
    private static final ImmutableList<Integer> SWAPPED = ImmutableList.of(1, 0);

    /// The result of the operator for sequences `[steps, batch, features]`.
    Value apply(Recurrent op, Value x) {
        List<Value> operands = new ArrayList<>();
        operands.add(x);
        operands.add(node.add(new Transpose(SWAPPED), part(1, 0)));
        operands.add(node.add(new Transpose(SWAPPED), part(2, 0)));
        operands.add(node.has(BIAS) ? bias(op) : Value.ABSENT);
        operands.add(node.optional(Recurrent.LENGTHS).orElse(Value.ABSENT));
        operands.add(node.has(Recurrent.INITIAL) ? part(Recurrent.INITIAL, byBatch ? 1 : 0) : Value.ABSENT);
        if (op instanceof Gru gru) {
            operands.add(gru.linearBeforeReset() && node.has(BIAS) ? bias(op, 1, 2, 3) : Value.ABSENT);
        } else {
            for (int operand = Recurrent.INITIAL + 1; operand < node.operands().size(); operand++) {
                boolean state = operand == Recurrent.INITIAL + 1;
                operands.add(node.has(operand) ? part(operand, state && byBatch ? 1 : 0) : Value.ABSENT);
            }
        }
        while (operands.getLast().isAbsent()) {
            operands.removeLast();
        }
        return node.add(op, operands.toArray(Value[]::new));
    }

    /// The part of an operand that is for this direction.
    private Value part(int operand, int axis) {
        Value direction = node.constant(TensorData.scalar(ElementType.INT64, index));
        return node.add(new Gather(axis), node.operand(operand), direction);
    }

    /// The biases of input and hidden state added up; that of a candidate whose product is reset first stays apart.
    private Value bias(Recurrent op) {
        int gates = op.gates();
        if (op instanceof Gru gru && gru.linearBeforeReset()) {
            Value sum = node.add(new Add(), bias(op, 0, 0, gates - 1), bias(op, 1, 0, gates - 1));
            return node.add(new Concat(0), sum, bias(op, 0, gates - 1, gates));
        }
        return node.add(new Add(), bias(op, 0, 0, gates), bias(op, 1, 0, gates));
    }

    /// Gates `from` to `to` of the input's bias (`half` 0) or of the hidden state's (`half` 1).
    private Value bias(Recurrent op, int half, int from, int to) {
        Dim units = node.shape(2).dim(2);
        Value all = part(BIAS, 0);
        Dim start = units.times(half * op.gates() + from);
        return node.add(Slice.along(all.shape(), 0, start, units.times(to - from)), all);
    }

    /// A slice of a result along its first axis, with an axis for the directions.
    Value slice(Value result, Dim start, Dim count, int axis) {
        Value part = node.add(Slice.along(result.shape(), 0, start, count), result);
        var dims = new ArrayList<>(result.shape().with(0, count).dims());
        dims.add(axis, Dim.ONE);
        return node.add(new Reshape(ImmutableList.copyOf(dims)), part);
    }
}

package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Activation;
import dev.skive.ir.op.Activation.Kind;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Rnn;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// `RNN`, `GRU` and `LSTM`: one application of the operator per direction, whose result is cut into what ONNX names `Y`,
/// `Y_h` and `Y_c`.
///
/// @param usual the activations of one direction when none are given
/// @param cell which operator it is
record RecurrentImporter(ImmutableList<Kind> usual, Cell cell) implements NodeImporter {
    /// Makes the operator of one direction.
    interface Cell {
        /// The operator.
        ///
        /// @param reverse whether the last element of a sequence comes first
        /// @param activations the activations of the direction
        /// @param clip bound of what activations are applied to
        Recurrent of(NodeContext node, boolean reverse, List<Activation> activations, double clip);
    }

    /// The operators and their importers.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.of(
                "GRU",
                new RecurrentImporter(
                        ImmutableList.of(Kind.SIGMOID, Kind.TANH),
                        (node, reverse, f, clip) ->
                                new Gru(
                                        reverse,
                                        f.get(0),
                                        f.get(1),
                                        clip,
                                        node.attributes().flag("linear_before_reset", false))),
                "LSTM",
                new RecurrentImporter(
                        ImmutableList.of(Kind.SIGMOID, Kind.TANH, Kind.TANH),
                        (node, reverse, f, clip) ->
                                new Lstm(
                                        reverse,
                                        f.get(0),
                                        f.get(1),
                                        f.get(2),
                                        clip,
                                        node.attributes().flag("input_forget", false))),
                "RNN",
                new RecurrentImporter(
                        ImmutableList.of(Kind.TANH), (node, reverse, f, clip) -> new Rnn(reverse, f.get(0), clip)));
    }

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        List<Boolean> directions = directions(node);
        requireOperands(node, directions.size());
        boolean byBatch = node.attributes().flag("layout", false);
        ImmutableList<Activation> activations = RecurrentActivations.read(node, usual, directions.size());
        double clip = node.attributes().real("clip").map(Float::doubleValue).orElse(Double.POSITIVE_INFINITY);
        Value x = node.operand(0);
        Value steps = byBatch ? node.add(new Transpose(ImmutableList.of(1, 0, 2)), x) : x;
        List<List<Value>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < directions.size(); i++) {
            List<Activation> own = activations.subList(i * usual.size(), (i + 1) * usual.size());
            Recurrent op = cell.of(node, directions.get(i), own, clip);
            var direction = new RecurrentDirection(node, i, byBatch);
            Value result = direction.apply(op, steps);
            Dim length = steps.shape().dim(0);
            parts.get(0).add(direction.slice(result, Dim.ZERO, length, 1));
            for (int state = 0; state < op.states(); state++) {
                parts.get(state + 1).add(direction.slice(result, length.plus(state), Dim.ONE, 1));
            }
        }
        return IntStream.range(0, parts.size())
                .filter(i -> !parts.get(i).isEmpty())
                .mapToObj(i -> join(node, parts.get(i), i == 0, byBatch))
                .collect(ImmutableList.toImmutableList());
    }

    private static List<Boolean> directions(NodeContext node) {
        String direction = node.attributes().text("direction", "forward");
        return switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default -> throw node.failure("unknown direction '%s'", direction);
        };
    }

    private void requireOperands(NodeContext node, int directions) {
        for (int operand : new int[] {0, 1, 2}) {
            if (node.shape(operand).rank() != 3) {
                throw node.failure("operand %s must have rank 3, found %s", operand, node.operand(operand).type());
            }
        }
        for (int operand : new int[] {1, 2}) {
            if (node.shape(operand).dim(0).differsFrom(Dim.of(directions))) {
                throw node.failure(
                        "operand %s must be for %s directions, found %s",
                        operand, directions, node.operand(operand).type());
            }
        }
        Dim units = node.shape(2).dim(2);
        node.attributes()
                .integer("hidden_size")
                .filter(size -> units.differsFrom(Dim.of(size)))
                .ifPresent(size -> {
                    throw node.failure("hidden_size is %s, but operand 2 is %s", size, node.operand(2).type());
                });
    }

    /// The directions side by side, `[..., directions, batch, units]`, or by batch `[batch, ..., directions, units]`.
    private static Value join(NodeContext node, List<Value> parts, boolean sequence, boolean byBatch) {
        Value joined = parts.size() == 1 ? parts.getFirst() : node.add(new Concat(1), parts.toArray(Value[]::new));
        if (sequence) {
            return byBatch ? node.add(new Transpose(ImmutableList.of(2, 0, 1, 3)), joined) : joined;
        }
        return flat(node, byBatch ? node.add(new Transpose(ImmutableList.of(2, 1, 0, 3)), joined) : joined, byBatch);
    }

    /// A state without the axis of the steps.
    private static Value flat(NodeContext node, Value state, boolean byBatch) {
        var dims = new ArrayList<>(state.shape().dims());
        dims.remove(byBatch ? 2 : 0);
        return node.add(new Reshape(ImmutableList.copyOf(dims)), state);
    }
}

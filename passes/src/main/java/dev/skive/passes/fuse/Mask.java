package dev.skive.passes.fuse;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.Splat;
import java.util.Optional;
import java.util.OptionalDouble;

/// What keeps scores of attention from counting.
sealed interface Mask {
    /// From here down a score disappears when it is added, in every floating-point type that can hold the number.
    double ABSORBING = -1e30;

    /// How many masks one on top of the other are looked through; a bound, since sums can share their summands.
    int DEEPEST = 6;

    /// A value that is added to the scores.
    ///
    /// @param value what is added
    record Added(Value value) implements Mask {}

    /// A number that takes the place of scores.
    ///
    /// @param condition where
    /// @param keepsWhereTrue whether scores stay where the condition holds, rather than where it does not
    /// @param floor the number, so low that adding it to a score gives it again
    record Chosen(Value condition, boolean keepsWhereTrue, Value floor) implements Mask {}

    /// A mask and the scores it is put on.
    ///
    /// @param mask the mask
    /// @param scores what is below
    record Masked(Mask mask, Value scores) {}

    /// The mask that a node puts on scores, if it does.
    static Optional<Masked> of(Node node) {
        return switch (node.op()) {
            case Add add when leadsToProduct(node.operand(0), DEEPEST) ->
                    masked(new Added(node.operand(1)), node.operand(0));
            case Add add when leadsToProduct(node.operand(1), DEEPEST) ->
                    masked(new Added(node.operand(0)), node.operand(1));
            case Where where when isFloor(node.operand(2)) ->
                    masked(new Chosen(node.operand(0), true, node.operand(2)), node.operand(1));
            case Where where when isFloor(node.operand(1)) ->
                    masked(new Chosen(node.operand(0), false, node.operand(1)), node.operand(2));
            default -> Optional.empty();
        };
    }

    private static Optional<Masked> masked(Mask mask, Value scores) {
        return Optional.of(new Masked(mask, scores));
    }

    private static boolean isFloor(Value value) {
        OptionalDouble number = Splat.of(value);
        return number.isPresent() && number.getAsDouble() <= ABSORBING && value.shape().elementCount().is(1);
    }

    private static boolean leadsToProduct(Value value, int depth) {
        Node node = value.node();
        return switch (node.op()) {
            case Add add -> depth > 0 && anyLeadsToProduct(node, 0, depth);
            case Where where -> depth > 0 && anyLeadsToProduct(node, 1, depth);
            default -> Scaled.of(value).base().node().op() instanceof MatMul;
        };
    }

    private static boolean anyLeadsToProduct(Node node, int first, int depth) {
        return node.operands().stream().skip(first).anyMatch(operand -> leadsToProduct(operand, depth - 1));
    }

    /// The shape that must broadcast to that of the scores.
    default Shape shape() {
        return switch (this) {
            case Added(Value value) -> value.shape();
            case Chosen chosen -> chosen.condition.shape();
        };
    }

    /// What is added to the scores, in the new graph.
    default Value summand(Emitter emitter) {
        return switch (this) {
            case Added(Value value) -> emitter.map(value);
            case Chosen(Value condition, boolean keepsWhereTrue, Value floor) -> {
                Value zero = emitter.constant(TensorData.scalar(floor.tensor().element(), 0));
                Value low = emitter.map(floor);
                yield emitter.add(
                        new Where(), emitter.map(condition), keepsWhereTrue ? zero : low, keepsWhereTrue ? low : zero);
            }
        };
    }
}

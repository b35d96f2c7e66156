package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.Splat;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;

/// A value as a factor times movements of another value.
///
/// @param base what is moved and scaled
/// @param factor the product of all factors on the way
/// @param movements transpositions and reshapes, the first applied first
/// @param scalings the nodes that multiply
record Scaled(Value base, double factor, ImmutableList<Op> movements, ImmutableList<Node> scalings) {
    /// Looks through movements and factors, as far down as the last factor.
    static Scaled of(Value value) {
        var movements = new ArrayList<Op>();
        var scalings = new ArrayList<Node>();
        var best = new Scaled(value, 1, ImmutableList.of(), ImmutableList.of());
        double factor = 1;
        Value at = value;
        while (true) {
            Node node = at.node();
            Optional<Step> step = step(node);
            if (step.isEmpty()) {
                if (!isMovement(node.op())) {
                    return best;
                }
                movements.addFirst(node.op());
                at = node.operand(0);
            } else {
                factor *= step.get().factor;
                scalings.add(node);
                at = step.get().rest;
                best = new Scaled(at, factor, ImmutableList.copyOf(movements), ImmutableList.copyOf(scalings));
            }
        }
    }

    private record Step(Value rest, double factor) {}

    private static boolean isMovement(Op op) {
        return op instanceof Transpose || op instanceof Reshape;
    }

    private static Optional<Step> step(Node node) {
        return switch (node.op()) {
            case Mul mul -> times(node, 0).or(() -> times(node, 1));
            case Div div ->
                    number(node.operand(1), node.operand(0)).stream()
                            .mapToObj(number -> new Step(node.operand(0), 1 / number))
                            .findFirst();
            default -> Optional.empty();
        };
    }

    private static Optional<Step> times(Node node, int operand) {
        Value rest = node.operand(1 - operand);
        return number(node.operand(operand), rest).stream().mapToObj(number -> new Step(rest, number)).findFirst();
    }

    /// A number that scales `rest` without enlarging it.
    private static OptionalDouble number(Value value, Value rest) {
        return value.shape().broadcastsTo(rest.shape()) ? Splat.of(value) : OptionalDouble.empty();
    }

    /// The value without its factor, in the new graph.
    Value unscaled(Emitter emitter) {
        Value at = emitter.map(base);
        for (Op movement : movements) {
            at = emitter.add(movement, at);
        }
        return at;
    }
}

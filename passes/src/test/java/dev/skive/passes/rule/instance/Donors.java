package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.TensorType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What the examples of a rule have that other graphs for it may have too: attributes, and types of operands.
///
/// @param operators applications by operator
/// @param operands types by operator and place
/// @param types types of all values
record Donors(
        ImmutableListMultimap<Class<? extends Op>, Op> operators,
        ImmutableListMultimap<Place, TensorType> operands,
        ImmutableList<TensorType> types) {
    /// An operand of an operator.
    record Place(Class<? extends Op> operator, int index) {}

    /// What these graphs have.
    static Donors of(Collection<Graph> graphs) {
        var operators = ImmutableListMultimap.<Class<? extends Op>, Op>builder();
        var operands = ImmutableListMultimap.<Place, TensorType>builder();
        var types = ImmutableList.<TensorType>builder();
        for (Node node : graphs.stream().flatMap(graph -> graph.nodes().stream()).toList()) {
            operators.put(node.op().getClass(), node.op());
            for (int i = 0; i < node.operands().size(); i++) {
                Value operand = node.operand(i);
                if (operand.type() instanceof TensorType type) {
                    operands.put(new Place(node.op().getClass(), i), type);
                    types.add(type);
                }
            }
        }
        return new Donors(operators.build(), operands.build(), types.build());
    }

    Optional<Op> operator(Class<? extends Op> operator, Random random) {
        return any(operators.get(operator), random);
    }

    Optional<TensorType> operand(Class<? extends Op> operator, int index, Random random) {
        return any(operands.get(new Place(operator, index)), random);
    }

    Optional<TensorType> type(Random random) {
        return any(types, random);
    }

    private static <T> Optional<T> any(List<T> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}

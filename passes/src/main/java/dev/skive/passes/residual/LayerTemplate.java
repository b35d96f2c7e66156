package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Commutative;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Type;
import dev.skive.passes.weight.Weight;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a layer computes, with its weights left open: numbered slots take their place, one for each use. Layers of
/// equal templates are the same function of other weights, so that weights can be compared and combined slot by slot.
///
/// @param nodes the operators in order
/// @param slots the types of the weights
/// @param outside the types of what it takes from outside besides weights; the first is what the layer reads
public record LayerTemplate(ImmutableList<Applied> nodes, ImmutableList<Type> slots, ImmutableList<Type> outside) {
    /// An operator of the layer.
    ///
    /// @param op the operator
    /// @param operands where its operands come from; those of a [Commutative] operator in a fixed order
    public record Applied(Op op, ImmutableList<Source> operands) {}

    /// Where an operand comes from.
    public sealed interface Source {
        /// A result of an earlier operator of the layer.
        ///
        /// @param node the operator's place
        /// @param result which of its results
        record Local(int node, int result) implements Source {}

        /// A weight.
        ///
        /// @param number of the slot
        record Slot(int number) implements Source {}

        /// A value from outside.
        ///
        /// @param number of the value
        record Outside(int number) implements Source {}

        /// An operand left out.
        record Missing() implements Source {}
    }

    /// A layer seen through its template.
    ///
    /// @param template what it computes
    /// @param nodes its operators in order
    /// @param operands for each operator its operands in the order of the template
    /// @param weights what its slots hold
    /// @param outside the values it takes from outside
    public record Filled(
            LayerTemplate template,
            ImmutableList<Node> nodes,
            ImmutableList<ImmutableList<Value>> operands,
            ImmutableList<Value> weights,
            ImmutableList<Value> outside) {}

    /// The template of some nodes, given in order, and what fills it.
    ///
    /// @param reads the value from outside that counts as the first
    public static Filled of(Collection<Node> nodes, Value reads) {
        var writer = new Writer(reads);
        nodes.forEach(writer::write);
        return writer.filled();
    }

    private static final class Writer {
        private final Map<Node, Integer> places = new LinkedHashMap<>();
        private final Map<Value, Integer> outside = new LinkedHashMap<>();
        private final ImmutableList.Builder<Applied> applied = ImmutableList.builder();
        private final ImmutableList.Builder<Value> weights = ImmutableList.builder();
        private final ImmutableList.Builder<ImmutableList<Value>> operands = ImmutableList.builder();
        private int slots;

        private Writer(Value reads) {
            outside.put(reads, 0);
        }

        private void write(Node node) {
            List<Operand> found =
                    node.operands().stream().map(operand -> new Operand(source(operand), operand)).toList();
            // Models write the operands of commutative operators either way.
            List<Operand> inOrder =
                    node.op() instanceof Commutative
                            ? found.stream()
                                    .sorted(Comparator.comparing(operand -> operand.source().toString()))
                                    .toList()
                            : found;
            applied.add(
                    new Applied(
                            node.op(), inOrder.stream().map(Operand::source).collect(ImmutableList.toImmutableList())));
            operands.add(inOrder.stream().map(Operand::value).collect(ImmutableList.toImmutableList()));
            places.put(node, places.size());
        }

        private record Operand(Source source, Value value) {}

        private Source source(Value operand) {
            if (operand.isAbsent()) {
                return new Source.Missing();
            }
            Integer place = places.get(operand.node());
            if (place != null) {
                return new Source.Local(place, operand.index());
            }
            if (Weight.is(operand)) {
                weights.add(operand);
                return new Source.Slot(slots++);
            }
            int next = outside.size();
            return new Source.Outside(outside.computeIfAbsent(operand, value -> next));
        }

        private Filled filled() {
            ImmutableList<Value> filling = weights.build();
            ImmutableList<Value> given = ImmutableList.copyOf(outside.keySet());
            return new Filled(
                    new LayerTemplate(applied.build(), types(filling), types(given)),
                    ImmutableList.copyOf(places.keySet()),
                    operands.build(),
                    filling,
                    given);
        }

        private static ImmutableList<Type> types(ImmutableList<Value> values) {
            return values.stream().map(Value::type).collect(ImmutableList.toImmutableList());
        }
    }
}

package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An elementwise ONNX operator found again in the parts that its importer takes it into. What the parts are is not said
/// twice: [PartedOperator] imports one such operator, and here the result is laid over a graph.
///
/// @param operator the operator
/// @param operands what it is applied to
/// @param attributes its attributes
/// @param absorbed the parts besides the last
record Decomposition(
        PartedOperator operator,
        ImmutableList<Value> operands,
        ImmutableMap<String, Double> attributes,
        ImmutableSet<Node> absorbed)
        implements OneNode {
    /// The operator whose last part is a node, if there is one.
    static Optional<Decomposition> endingIn(Node last, Graph graph, int opset) {
        if (last.types().size() != 1 || !(last.types().getFirst() instanceof TensorType type)) {
            return Optional.empty();
        }
        return PartedOperator.named(graph.origin(last).operator())
                .filter(operator -> opset >= operator.since() && operator.takes(type.element()))
                .flatMap(operator ->
                        operator.forms(type.element()).stream()
                                .flatMap(form -> new Overlay(operator, form, last, graph).found().stream())
                                .findFirst());
    }

    @Override
    public String write(ModelNodes nodes) {
        return nodes.add(
                operator.name(),
                operands.stream().map(nodes::name).toList(),
                attributes.entrySet().stream()
                        .map(attribute -> OnnxAttributes.real(attribute.getKey(), attribute.getValue()))
                        .toList());
    }

    /// The parts as the importer made them, being laid over a graph.
    private static final class Overlay {
        private final PartedOperator operator;
        private final PartedOperator.Form form;
        private final Node last;
        private final Graph graph;
        private final Map<String, Value> inputs = new HashMap<>();
        private final Map<String, Double> attributes = new HashMap<>();
        private final Set<Node> parts = new HashSet<>();

        Overlay(PartedOperator operator, PartedOperator.Form form, Node last, Graph graph) {
            this.operator = operator;
            this.form = form;
            this.last = last;
            this.graph = graph;
        }

        Optional<Decomposition> found() {
            if (!fits(form.result(), last.result())) {
                return Optional.empty();
            }
            ImmutableList<Value> operands =
                    operator.operands().stream()
                            .flatMap(name -> Optional.ofNullable(inputs.get(name)).stream())
                            .collect(ImmutableList.toImmutableList());
            parts.remove(last);
            var absorbed = ImmutableSet.copyOf(parts);
            return operands.size() == operator.operands().size()
                            && keepsFirst(operands)
                            && OneNode.isApart(absorbed, last, graph)
                    ? Optional.of(new Decomposition(operator, operands, ImmutableMap.copyOf(attributes), absorbed))
                    : Optional.empty();
        }

        /// The result has the type of the first operand; others are scalars or at most broadcast to it.
        private boolean keepsFirst(ImmutableList<Value> operands) {
            Shape shape = operands.getFirst().shape();
            return operands.getFirst().type().equals(last.result().type())
                    && operands.stream()
                            .skip(1)
                            .allMatch(operand ->
                                    operator.scalars()
                                            ? operand.shape().rank() == 0
                                            : operand.shape().broadcastsTo(shape));
        }

        private boolean fits(Value wanted, Value found) {
            return switch (wanted.node().op()) {
                case Input(String name, var type) -> isSame(inputs.putIfAbsent(name, found), found);
                case Constant(TensorData data) -> fits(data, found);
                default -> fits(wanted.node(), found.node());
            };
        }

        private boolean fits(TensorData wanted, Value found) {
            if (found.constant().isEmpty()) {
                return false;
            }
            TensorData data = found.constant().get();
            String attribute = wanted.count() == 1 ? form.marks().get(wanted.getDouble(0)) : null;
            if (attribute == null) {
                return data.equals(wanted);
            }
            return data.count() == 1
                    && data.element() == wanted.element()
                    && isSame(attributes.putIfAbsent(attribute, data.getDouble(0)), data.getDouble(0));
        }

        private boolean fits(Node wanted, Node found) {
            if (!wanted.op().equals(found.op())
                    || wanted.operands().size() != found.operands().size()
                    || !OneNode.isPart(found, last, graph)) {
                return false;
            }
            parts.add(found);
            for (int i = 0; i < wanted.operands().size(); i++) {
                if (!fits(wanted.operand(i), found.operand(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isSame(@org.jspecify.annotations.Nullable Object before, Object now) {
            return before == null || before.equals(now);
        }
    }
}

package dev.skive.verify.input;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Greater;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds out what a graph's inputs are by following their values forward: to the tables they index, or to the
/// arithmetic that only masks take part in.
///
/// @param graph the model
public record InputKinds(Graph graph) {
    /// The kind of every input, in order.
    public ImmutableMap<String, InputKind> byName() {
        return graph.inputs().stream()
                .collect(ImmutableMap.toImmutableMap(value -> ((Input) value.node().op()).name(), this::kind));
    }

    private InputKind kind(Value input) {
        String name = ((Input) input.node().op()).name();
        ElementType element = input.type() instanceof TensorType type ? type.element() : ElementType.STRING;
        if (name.toLowerCase(Locale.ROOT).contains("mask")) {
            return new InputKind.Mask();
        }
        if (element.isReal()) {
            return new InputKind.Reals();
        }
        Trace trace = new Trace();
        trace.follow(input);
        if (trace.indexed.isPresent()) {
            return new InputKind.Indices(trace.indexed.get());
        }
        if (trace.choice.isPresent()) {
            return new InputKind.Choice(trace.choice.get());
        }
        boolean masks = element == ElementType.BOOL || (trace.converted && !trace.computed);
        return masks ? new InputKind.Mask() : new InputKind.Numbers();
    }

    /// Where the values of one input go.
    private final class Trace {
        private final Set<Value> seen = new HashSet<>();
        private final Deque<Value> open = new ArrayDeque<>();
        private Optional<Dim> indexed = Optional.empty();
        private Optional<Long> choice = Optional.empty();
        private boolean converted;
        private boolean computed;

        void follow(Value input) {
            open.add(input);
            while (!open.isEmpty()) {
                Value value = open.remove();
                if (seen.add(value)) {
                    graph.users(value).forEach(user -> use(value, user));
                }
            }
        }

        private void use(Value value, Node user) {
            switch (user.op()) {
                case Cast(ElementType to) when to.isInteger() -> open.add(user.result());
                case Reshape _, Transpose _, Expand _, Slice _, Concat _, Max _, Min _ -> open.add(user.result());
                case Where _ when !user.operand(0).equals(value) -> open.add(user.result());
                case Gather(int axis) -> {
                    if (user.operand(1).equals(value)) {
                        index(user.operand(0).shape().dim(axis));
                    } else {
                        open.add(user.result());
                    }
                }
                case EmbeddingSum _ -> indexTables(value, user);
                case Equal _ -> {
                    converted = true;
                    Value other = user.operand(user.operand(0).equals(value) ? 1 : 0);
                    choose(other);
                }
                case Cast _, Greater _, Not _, Where _ -> converted = true;
                default -> computed = true;
            }
        }

        /// Masks are compared with 0 and 1, choices with other numbers.
        private void choose(Value compared) {
            compared.constant()
                    .filter(data -> data.element().isInteger() && data.count() == 1 && data.getLong(0) > 1)
                    .ifPresent(data -> choice = Optional.of(data.getLong(0)));
        }

        private void indexTables(Value value, Node user) {
            for (int i = 1; i < user.operands().size(); i += 2) {
                if (user.operand(i).equals(value)) {
                    index(user.operand(i - 1).shape().dim(0));
                }
            }
        }

        private void index(Dim size) {
            indexed = Optional.of(indexed.map(size::min).orElse(size));
        }
    }
}

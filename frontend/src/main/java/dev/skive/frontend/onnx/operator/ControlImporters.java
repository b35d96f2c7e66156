package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `If` and `Loop`, and searches whose results have as many elements as they find.
final class ControlImporters {
    private static final int FIRST_STATE = 2;
    private static final int MOST_UNROLLED = 16;

    private ControlImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        NodeImporter.Single nonZero = ControlImporters::nonZero;
        return ImmutableMap.of("If", ControlImporters::branch, "Loop", ControlImporters::loop, "NonZero", nonZero);
    }

    private static Value nonZero(NodeContext node) {
        Value x = node.operand(0);
        // ORT finds the only element of a scalar at place 0 of one axis; the standard, as NumPy, says nothing of it.
        Value row = x.shape().rank() == 0 ? node.add(new Reshape(ImmutableList.of(Dim.ONE)), x) : x;
        return node.addDynamic(new NonZero(node.freshSymbol("nonzero")), row).getFirst();
    }

    /// The branch that runs when the condition is known, both otherwise. Of an optional squeeze the squeeze: the rank of
    /// what follows must be known, and a run whose sizes do not fit fails.
    private static ImmutableList<Value> branch(NodeContext node) {
        GraphProto yes = node.attributes().graph("then_branch");
        GraphProto no = node.attributes().graph("else_branch");
        Optional<Boolean> known =
                isOptionalSqueeze(node.operand(0), yes, no) ? Optional.of(true) : known(node.operand(0));
        if (known.isPresent()) {
            return node.scope().inline(known.get() ? yes : no, List.of());
        }
        Scope.Inner ifSo = node.scope().body(yes, List.of());
        Scope.Inner ifNot = node.scope().body(no, List.of());
        if (ifSo.graph().outputs().size() != ifNot.graph().outputs().size()) {
            throw node.failure(
                    "the branches must give as many values, found %s and %s",
                    ifSo.graph().outputs().size(), ifNot.graph().outputs().size());
        }
        var joined = new JoinedTypes(node);
        var types = ImmutableList.<Type>builder();
        for (int i = 0; i < ifSo.graph().outputs().size(); i++) {
            types.add(joined.join(result(joined, ifSo, i), result(joined, ifNot, i)));
        }
        var operands = new ArrayList<Value>(List.of(node.operand(0)));
        var op = new If(body(ifSo, operands), body(ifNot, operands), types.build());
        return results(node.builder().addNode(node.origin(), op, operands));
    }

    /// Whether a branch takes an axis away when an unknown size is 1 and another leaves the value as it is: what exporters
    /// write for a squeeze of an axis that they know nothing about.
    private static boolean isOptionalSqueeze(Value condition, GraphProto yes, GraphProto no) {
        return condition.node().op() instanceof Equal
                && known(condition).isEmpty()
                && condition.node().operands().stream().allMatch(value -> value.contents().isPresent())
                && condition.node().operand(1).contents().orElseThrow().stream().allMatch(dim -> dim.is(1))
                && operators(yes).equals(List.of("Squeeze"))
                && operators(no).equals(List.of("Identity"));
    }

    private static List<String> operators(GraphProto graph) {
        return graph.getNodeList().stream().map(NodeProto::getOpType).filter(type -> !type.equals("Constant")).toList();
    }

    private static Type result(JoinedTypes joined, Scope.Inner inner, int index) {
        return joined.outside(inner.graph().outputs().values().asList().get(index).type(), inner.sizes());
    }

    /// The body of an operator whose operands grow by what it captures.
    private static Body body(Scope.Inner inner, List<Value> operands) {
        var captures = ImmutableList.<Integer>builder();
        for (Value value : inner.captured()) {
            int at = operands.indexOf(value);
            if (at <= 0) {
                at = operands.size();
                operands.add(value);
            }
            captures.add(at);
        }
        return new Body(inner.graph(), captures.build());
    }

    private static ImmutableList<Value> results(dev.skive.ir.graph.Node node) {
        var results = ImmutableList.<Value>builder();
        for (int i = 0; i < node.types().size(); i++) {
            results.add(node.result(i));
        }
        return results.build();
    }

    private static Optional<Boolean> known(Value condition) {
        return ConstantFolding.fold(condition).filter(data -> data.count() == 1).map(data -> data.getLong(0) != 0);
    }

    private static ImmutableList<Value> loop(NodeContext node) {
        var operands = new ArrayList<Value>();
        for (int i = 0; i < Math.max(FIRST_STATE, node.operands().size()); i++) {
            operands.add(node.optional(i).orElse(Value.ABSENT));
        }
        Value condition = operands.get(1);
        if (!condition.isAbsent() && condition.shape().rank() == 1) {
            // ORT takes a row of one, too.
            operands.set(1, node.add(new Reshape(ImmutableList.of()), condition));
        }
        GraphProto graph = node.attributes().graph("body");
        return unrolled(node, graph, operands).orElseGet(() -> loop(node, graph, operands));
    }

    /// A short loop that begins with constants, iteration after iteration. Exporters compute indices with such loops, whose
    /// states may have another rank after each iteration.
    private static Optional<ImmutableList<Value>> unrolled(NodeContext node, GraphProto graph, List<Value> operands) {
        List<Value> states = operands.subList(FIRST_STATE, operands.size());
        Optional<Long> count = number(operands.getFirst()).filter(iterations -> iterations <= MOST_UNROLLED);
        boolean starts = operands.get(1).isAbsent() || known(operands.get(1)).orElse(false);
        boolean stacks = graph.getOutputCount() != 1 + states.size();
        if (count.isEmpty() || !starts || stacks || !states.stream().allMatch(ControlImporters::isConstant)) {
            return Optional.empty();
        }
        var current = ImmutableList.copyOf(states);
        for (long i = 0; i < count.get(); i++) {
            var inputs = new ArrayList<Value>();
            inputs.add(node.constant(TensorData.ofLongs(new long[] {i})));
            inputs.add(node.constant(TensorData.scalar(ElementType.BOOL, 1)));
            inputs.addAll(current);
            ImmutableList<Value> outputs = node.scope().inline(graph, inputs);
            current = outputs.subList(1, outputs.size());
            Optional<Boolean> goesOn = known(outputs.getFirst());
            if (goesOn.isEmpty()) {
                return Optional.empty();
            }
            if (!goesOn.get()) {
                break;
            }
        }
        return Optional.of(current);
    }

    private static Optional<Long> number(Value value) {
        return value.isAbsent() ? Optional.empty() : ConstantFolding.fold(value).map(data -> data.getLong(0));
    }

    private static boolean isConstant(Value state) {
        return state.node().op() instanceof SequenceConstruct
                ? state.node().operands().stream().allMatch(ControlImporters::isConstant)
                : state.type() instanceof TensorType && ConstantFolding.fold(state).isPresent();
    }

    /// A loop over a body.
    ///
    /// @param operands trip count, condition, and the first states
    static ImmutableList<Value> loop(NodeContext node, GraphProto graph, List<Value> operands) {
        int states = operands.size() - FIRST_STATE;
        var joined = new JoinedTypes(node);
        ImmutableList<Type> types = guessed(node, graph, operands, joined);
        while (true) {
            Scope.Inner inner = node.scope().body(graph, bodyInputs(types));
            if (inner.graph().outputs().size() < 1 + states) {
                throw node.failure(
                        "the body must give the condition and %s states, found %s outputs",
                        states, inner.graph().outputs().size());
            }
            var next = ImmutableList.<Type>builder();
            for (int i = 0; i < states; i++) {
                next.add(joined.join(types.get(i), result(joined, inner, 1 + i)));
            }
            ImmutableList<Type> covering = next.build();
            if (covering.equals(types)) {
                return loop(node, inner, scanned(node, inner, types, operands, joined), operands);
            }
            types = covering;
        }
    }

    /// The types of the states. A sequence that begins empty says nothing about its members; what the body inserts does.
    private static ImmutableList<Type> guessed(
            NodeContext node, GraphProto graph, List<Value> operands, JoinedTypes joined) {
        List<Value> states = operands.subList(FIRST_STATE, operands.size());
        var types = new ArrayList<Type>(states.stream().map(Value::type).toList());
        if (states.stream().anyMatch(ControlImporters::isEmptySequence)) {
            Scope.Inner inner = node.scope().body(graph, bodyInputs(types));
            ImmutableList<Value> results = inner.graph().outputs().values().asList();
            for (int i = 0; i < states.size() && i + 1 < results.size(); i++) {
                if (isEmptySequence(states.get(i))
                        && results.get(i + 1).node().op() instanceof SequenceInsert
                        && results.get(i + 1).node().operand(0).equals(inner.graph().inputs().get(FIRST_STATE + i))) {
                    Type member = results.get(i + 1).node().operand(1).type();
                    types.set(i, new SequenceType(joined.outside(member, inner.sizes())));
                }
            }
        }
        return ImmutableList.copyOf(types);
    }

    private static boolean isEmptySequence(Value value) {
        return value.node().op() instanceof SequenceConstruct && value.node().operands().isEmpty();
    }

    private static List<Type> bodyInputs(List<Type> states) {
        var types = new ArrayList<Type>();
        types.add(new TensorType(ElementType.INT64, Shape.SCALAR));
        types.add(new TensorType(ElementType.BOOL, Shape.SCALAR));
        types.addAll(states);
        return types;
    }

    /// The types of all results: the states, then what is put together from slices.
    private static ImmutableList<Type> scanned(
            NodeContext node, Scope.Inner inner, ImmutableList<Type> states, List<Value> operands, JoinedTypes joined) {
        Dim iterations = iterations(operands, inner).orElseGet(() -> Dim.symbol(node.freshSymbol("iterations")));
        var types = ImmutableList.<Type>builder().addAll(states);
        for (int i = 1 + states.size(); i < inner.graph().outputs().size(); i++) {
            if (!(result(joined, inner, i) instanceof TensorType slice)) {
                throw node.failure("scanned output %s must be a tensor of known rank", i);
            }
            types.add(slice.withShape(Shape.of(iterations).concat(slice.shape())));
        }
        return types.build();
    }

    private static ImmutableList<Value> loop(
            NodeContext node, Scope.Inner inner, ImmutableList<Type> types, List<Value> given) {
        var operands = new ArrayList<Value>(given);
        var op = new Loop(loopBody(inner, operands), given.size() - FIRST_STATE, types);
        return results(node.builder().addNode(node.origin(), op, operands));
    }

    private static Body loopBody(Scope.Inner inner, List<Value> operands) {
        var captures = ImmutableList.<Integer>builder();
        Map<Value, Integer> places = new LinkedHashMap<>();
        for (Value value : inner.captured()) {
            captures.add(
                    places.computeIfAbsent(
                            value,
                            captured -> {
                                operands.add(captured);
                                return operands.size() - 1;
                            }));
        }
        return new Body(inner.graph(), captures.build());
    }

    /// The number of iterations, when nothing but the trip count ends the loop.
    private static Optional<Dim> iterations(List<Value> operands, Scope.Inner inner) {
        boolean starts = operands.get(1).isAbsent() || known(operands.get(1)).orElse(false);
        Value next = inner.graph().outputs().values().asList().getFirst();
        boolean goesOn =
                next.equals(inner.graph().inputs().get(1))
                        || (next.node().op() instanceof Constant && known(next).orElse(false));
        if (!starts || !goesOn || operands.getFirst().isAbsent()) {
            return Optional.empty();
        }
        return operands.getFirst()
                .contents()
                .filter(count -> count.size() == 1)
                .map(count -> count.getFirst().isNeverNegative() ? count.getFirst() : count.getFirst().max(Dim.ZERO));
    }
}

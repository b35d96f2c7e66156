package dev.skive.codegen.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Nested;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cuts a graph into stages. A stage is one compiled part, which holds every node whose operands and sizes are there by
/// then, and after it the nodes that the runtime evaluates.
final class RoutinePlanner {
    private final Numbers numbers;
    private final Graph graph;
    private final Map<Node, Integer> stages = new HashMap<>();
    private final Map<String, Value> sizes = new HashMap<>();
    private final int number;

    /// Numbers of routines and parts within a program.
    static final class Numbers {
        private int routines;
        private int parts;

        Routine routine(Graph graph) {
            return new RoutinePlanner(this, graph, routines++).plan();
        }
    }

    private RoutinePlanner(Numbers numbers, Graph graph, int number) {
        this.numbers = numbers;
        this.graph = graph;
        this.number = number;
    }

    private Routine plan() {
        graph.inputs().forEach(this::noteSizes);
        var dynamic = new LinkedHashMap<Node, ImmutableList<Routine>>();
        int last = 0;
        for (Node node : graph.nodes()) {
            int stage = stage(node);
            stages.put(node, stage);
            last = Math.max(last, stage);
            if (isApplied(node)) {
                for (int i = 0; i < node.types().size(); i++) {
                    noteSizes(node.result(i));
                }
                dynamic.put(node, bodies(node));
            }
        }
        var steps = ImmutableList.<Routine.Step>builder();
        for (int stage = 0; stage <= last; stage++) {
            part(stage, dynamic.keySet()).ifPresent(steps::add);
            for (Map.Entry<Node, ImmutableList<Routine>> entry : dynamic.entrySet()) {
                if (stageOf(entry.getKey()) == stage) {
                    steps.add(new Routine.Apply(entry.getKey(), entry.getValue()));
                }
            }
        }
        return new Routine(number, graph, steps.build());
    }

    private static boolean isApplied(Node node) {
        return !(node.op() instanceof Input) && !(node.op() instanceof Constant) && Program.isDynamic(node);
    }

    private ImmutableList<Routine> bodies(Node node) {
        return node.op() instanceof Nested nested
                ? nested.bodies().stream()
                        .map(body -> numbers.routine(body.graph()))
                        .collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
    }

    private int stageOf(Node node) {
        Integer stage = stages.get(node);
        if (stage == null) {
            throw new AssertionError("not in order: " + node);
        }
        return stage;
    }

    /// A compiled node comes in the stage after the runtime's nodes it needs.
    private int stage(Node node) {
        var needs = new ArrayList<Node>();
        node.operands().stream().filter(operand -> !operand.isAbsent()).map(Value::node).forEach(needs::add);
        if (!isApplied(node)) {
            symbols(node).stream()
                    .filter(sizes::containsKey)
                    .map(symbol -> witness(symbol).node())
                    .filter(introducer -> introducer != node)
                    .forEach(needs::add);
        }
        int stage = 0;
        for (Node need : needs) {
            boolean isNext = isApplied(need) && !isApplied(node);
            stage = Math.max(stage, stageOf(need) + (isNext ? 1 : 0));
        }
        return stage;
    }

    private void noteSizes(Value value) {
        if (value.type() instanceof TensorType type) {
            type.shape().dims().forEach(dim -> dim.asSymbol().ifPresent(symbol -> sizes.putIfAbsent(symbol, value)));
        }
    }

    private Value witness(String symbol) {
        Value value = sizes.get(symbol);
        if (value == null) {
            throw new AssertionError("nothing tells the size " + symbol);
        }
        return value;
    }

    private static Set<String> symbols(Node node) {
        return Sets.union(node.symbols(), SizesIn.attributes(node.op()));
    }

    /// The compiled part of a stage, if there is anything in it.
    private java.util.Optional<Routine.Part> part(int stage, Set<Node> applied) {
        var inside = new LinkedHashSet<Node>();
        for (Node node : graph.nodes()) {
            boolean isCompiled =
                    !isApplied(node) && !(node.op() instanceof Input) && Program.isCompiled(node.types().getFirst());
            if (isCompiled && stageOf(node) == stage) {
                inside.add(node);
            }
        }
        Set<Value> wanted = wanted(inside, applied, stage);
        if (wanted.isEmpty()) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(build(inside, ImmutableList.copyOf(wanted)));
    }

    /// What other steps and the outputs of the graph need of a part.
    private Set<Value> wanted(Set<Node> inside, Set<Node> applied, int stage) {
        var wanted = new LinkedHashSet<Value>();
        for (Node node : graph.nodes()) {
            if (applied.contains(node)) {
                node.operands().stream().filter(operand -> inside.contains(operand.node())).forEach(wanted::add);
            } else if (!inside.contains(node) && !(node.op() instanceof Input) && stageOf(node) > stage) {
                // Constants go into every part that needs them.
                node.operands().stream()
                        .filter(operand -> inside.contains(operand.node()) && operand.constant().isEmpty())
                        .forEach(wanted::add);
            }
        }
        graph.outputs().values().stream().filter(value -> inside.contains(value.node())).forEach(wanted::add);
        return wanted;
    }

    private Routine.Part build(Set<Node> inside, ImmutableList<Value> outputs) {
        var needed = needed(inside, outputs);
        var builder = new GraphBuilder(graph.name());
        Map<Value, Value> mapped = new HashMap<>();
        mapped.put(Value.ABSENT, Value.ABSENT);
        var inputs = new ArrayList<Value>();
        Set<String> free = new LinkedHashSet<>();
        for (Node node : needed) {
            free.addAll(symbols(node));
            for (Value operand : node.operands()) {
                if (!mapped.containsKey(operand) && !needed.contains(operand.node())) {
                    if (operand.constant().isPresent()) {
                        mapped.put(operand, builder.constant(graph.origin(operand.node()), operand.constant().get()));
                    } else {
                        mapped.put(operand, input(builder, inputs, operand));
                    }
                }
            }
            Node inner =
                    builder.addNode(
                            graph.origin(node),
                            node.op(),
                            node.operands().stream().map(operand -> mapped(mapped, operand)).toList());
            for (int i = 0; i < node.types().size(); i++) {
                mapped.put(node.result(i), inner.result(i));
            }
        }
        inputs.forEach(input -> free.addAll(input.shape().symbols()));
        Set<String> told = new LinkedHashSet<>();
        inputs.forEach(input -> told.addAll(plainSymbols(input)));
        for (String symbol : ImmutableSet.copyOf(free)) {
            if (!told.contains(symbol)) {
                Value witness = witness(symbol);
                mapped.put(witness, input(builder, inputs, witness));
                told.addAll(plainSymbols(witness));
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            builder.output("out" + i, mapped(mapped, outputs.get(i)));
        }
        return new Routine.Part(numbers.parts++, builder.build(), ImmutableList.copyOf(inputs), outputs);
    }

    /// The nodes of a stage that its outputs depend on, in order.
    private Set<Node> needed(Set<Node> inside, ImmutableList<Value> outputs) {
        var reached = new LinkedHashSet<Node>();
        outputs.forEach(output -> reached.add(output.node()));
        List<Node> reversed = ImmutableList.copyOf(inside).reverse();
        for (Node node : reversed) {
            if (reached.contains(node)) {
                node.operands().stream().map(Value::node).filter(inside::contains).forEach(reached::add);
            }
        }
        return inside.stream().filter(reached::contains).collect(ImmutableSet.toImmutableSet());
    }

    private static Value mapped(Map<Value, Value> mapped, Value value) {
        Value inner = mapped.get(value);
        if (inner == null) {
            throw new AssertionError("not in the part: " + value);
        }
        return inner;
    }

    private static Value input(GraphBuilder builder, List<Value> inputs, Value outer) {
        inputs.add(outer);
        // What a part cannot hold, such as text, it knows only by its sizes.
        Type type = Program.isCompiled(outer.type()) ? outer.type() : outer.tensor().withElement(ElementType.BOOL);
        return builder.input("in" + (inputs.size() - 1), type);
    }

    private static Set<String> plainSymbols(Value value) {
        var symbols = new LinkedHashSet<String>();
        value.shape().dims().stream().map(Dim::asSymbol).forEach(symbol -> symbol.ifPresent(symbols::add));
        return symbols;
    }
}

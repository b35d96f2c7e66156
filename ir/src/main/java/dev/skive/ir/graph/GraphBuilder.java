package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Builds a graph node by node. Equal applications of an operator become one node; nodes no output needs are dropped
/// when the graph is built.
public final class GraphBuilder {
    private final String name;
    private final List<Value> inputs = new ArrayList<>();
    private final Set<String> inputNames = new HashSet<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<Application, Node> interned = new HashMap<>();
    private final Map<Node, Origin> origins = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private record Application(Op op, ImmutableList<Value> operands) {}

    /// An empty graph.
    public GraphBuilder(String name) {
        this.name = name;
    }

    static GraphBuilder like(Graph graph) {
        var builder = new GraphBuilder(graph.name());
        for (Value input : graph.inputs()) {
            builder.adopt(input.node(), graph.origin(input.node()));
            builder.inputs.add(input);
            builder.inputNames.add(((Input) input.node().op()).name());
        }
        return builder;
    }

    /// Adds an input.
    ///
    /// @throws SkiveException when the name is taken
    public Value input(String inputName, Type type) {
        if (!inputNames.add(inputName)) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "two inputs are named '" + inputName + "'");
        }
        Value value = add(Origin.of(inputName), new Input(inputName, type));
        inputs.add(value);
        return value;
    }

    /// Adds a constant.
    public Value constant(Origin origin, TensorData data) {
        return add(origin, new Constant(data));
    }

    /// Applies an operator with one result.
    ///
    /// @throws SkiveException when the operator does not accept the operands
    public Value add(Origin origin, Op op, Value... operands) {
        return addNode(origin, op, ImmutableList.copyOf(operands)).result();
    }

    /// Applies an operator.
    ///
    /// @throws SkiveException when the operator does not accept the operands
    public Node addNode(Origin origin, Op op, List<Value> operands) {
        var application = new Application(op, ImmutableList.copyOf(operands));
        Node known = interned.get(application);
        if (known == null) {
            known = create(origin, application);
            interned.put(application, known);
            nodes.add(known);
        }
        origins.merge(known, origin, Origin::merge);
        return known;
    }

    private static Node create(Origin origin, Application application) {
        try {
            return new Node(application.op, application.operands);
        } catch (TypeError error) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, origin, application.op.mnemonic() + ": " + error.getMessage());
        } catch (SkiveException refused) {
            throw new SkiveException(refused.code(), origin, application.op.mnemonic() + ": " + refused.getMessage());
        } catch (ArithmeticException overflow) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, origin, application.op.mnemonic() + ": sizes overflow 64 bits");
        }
    }

    /// Takes over a node of another graph whose operands are already in this one, sharing it where possible.
    ///
    /// @return the equal node of this graph
    public Node adopt(Node node, Origin origin) {
        Node known = interned.putIfAbsent(new Application(node.op(), node.operands()), node);
        Node mine = known == null ? node : known;
        if (known == null) {
            nodes.add(node);
        }
        origins.merge(mine, origin, Origin::merge);
        return mine;
    }

    /// Names a value as an output.
    ///
    /// @throws SkiveException when the name is taken
    public void output(String outputName, Value value) {
        if (outputs.putIfAbsent(outputName, value) != null) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "two outputs are named '" + outputName + "'");
        }
    }

    /// The graph of what the outputs need.
    ///
    /// @throws SkiveException when there is no output
    public Graph build() {
        if (outputs.isEmpty()) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "graph '" + name + "' has no output");
        }
        return new Graph(name, ImmutableList.copyOf(inputs), ImmutableMap.copyOf(outputs), origins);
    }

    /// The nodes so far, operands before users, whether or not an output will need them.
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /// The origin recorded for a node so far.
    public Origin origin(Node node) {
        return java.util.Optional.ofNullable(origins.get(node))
                .orElseThrow(() -> new AssertionError("node of another graph: " + node));
    }
}

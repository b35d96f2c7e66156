package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The nodes and constants of a model under construction, with names that are unique in it.
final class ModelNodes {
    private final Set<String> taken;
    private final Map<Value, String> names = new HashMap<>();
    private final Map<String, String> outputNames = new HashMap<>();
    private final Map<TensorData, String> constantNames;
    private final ImmutableMap.Builder<String, TensorData> constants;
    private final List<NodeProto.Builder> nodes = new ArrayList<>();
    private Origin origin = Origin.of("skive");

    private ModelNodes(
            Set<String> taken,
            Map<TensorData, String> constantNames,
            ImmutableMap.Builder<String, TensorData> constants) {
        this.taken = taken;
        this.constantNames = constantNames;
        this.constants = constants;
    }

    ModelNodes(Graph graph) {
        this(new HashSet<>(), new HashMap<>(), ImmutableMap.builder());
        taken.addAll(graph.outputs().keySet());
        graph.inputs().forEach(input -> taken.add(((Input) input.node().op()).name()));
    }

    /// The nodes of a graph inside a node. Names are unique in the whole model, whose constants it shares.
    ModelNodes inside(Graph graph) {
        var inside = new ModelNodes(taken, constantNames, constants);
        inside.origin = origin;
        graph.outputs().keySet().forEach(name -> inside.outputNames.put(name, unique(name)));
        return inside;
    }

    /// Names an input, unless it has a name from around the graph.
    void bindInput(Value value, String name) {
        if (!names.containsKey(value)) {
            names.put(value, taken.contains(name) && outputNames.isEmpty() ? name : unique(name));
        }
    }

    /// The name of an output in the file; in graphs inside nodes it may be another than in the graph.
    String outputName(String name) {
        return outputNames.getOrDefault(name, name);
    }

    /// Sets where the nodes added from now on come from.
    void setOrigin(Origin next) {
        origin = next;
    }

    /// Where the nodes added now come from.
    Origin origin() {
        return origin;
    }

    /// Names a value of the graph.
    void bind(Value value, String name) {
        names.put(value, name);
    }

    /// True when the value has a name already.
    boolean isNamed(Value value) {
        return names.containsKey(value);
    }

    /// The name of a value of the graph.
    String name(Value value) {
        return Optional.ofNullable(names.get(value)).orElseThrow(() -> new AssertionError("not written yet: " + value));
    }

    /// The name of a constant, which is added unless there is an equal one.
    String constant(TensorData data) {
        return constantNames.computeIfAbsent(
                data,
                added -> {
                    String name = unique(stem());
                    constants.put(name, added);
                    return name;
                });
    }

    /// Adds a node with one result.
    ///
    /// @return the name of the result
    String add(String type, List<String> operands, List<AttributeProto> attributes) {
        return add(type, operands, 1, attributes).getFirst();
    }

    /// Adds a node with several results. Its type has its domain before it when that is not the standard one.
    ///
    /// @return the names of the results
    ImmutableList<String> add(String type, List<String> operands, int count, List<AttributeProto> attributes) {
        String name = unique(stem());
        var results = ImmutableList.<String>builder();
        for (int i = 0; i < count; i++) {
            results.add(unique(name + "_output_" + i));
        }
        nodes.add(
                NodeProto.newBuilder()
                        .setName(name)
                        .setDomain(type.substring(0, Math.max(0, type.lastIndexOf('.'))))
                        .setOpType(type.substring(type.lastIndexOf('.') + 1))
                        .addAllInput(operands)
                        .addAllOutput(results.build())
                        .addAllAttribute(attributes));
        return results.build();
    }

    /// Adds a node of which only the second result is used.
    ///
    /// @return the name of that result
    String addSecond(String type, List<String> operands, List<AttributeProto> attributes) {
        String first = add(type, operands, attributes);
        String second = unique(first.replace("_output_0", "_output_1"));
        nodes.getLast().addOutput(second);
        return second;
    }

    private String stem() {
        return origin.sources().iterator().next();
    }

    private String unique(String stem) {
        String name = stem;
        for (int i = 1; !taken.add(name); i++) {
            name = stem + "_" + i;
        }
        return name;
    }

    /// Gives values that are outputs of the graph the names of the outputs. A value that cannot be renamed, because it is
    /// an input, a constant, or an output already, is copied.
    void nameOutputs(Graph graph) {
        Map<String, String> renamed = new HashMap<>();
        Set<String> computed =
                nodes.stream().flatMap(node -> node.getOutputList().stream()).collect(Collectors.toSet());
        for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
            String name = name(output.getValue());
            if (computed.contains(name) && !renamed.containsKey(name)) {
                renamed.put(name, outputName(output.getKey()));
            } else if (!name.equals(outputName(output.getKey()))) {
                setOrigin(graph.origin(output.getValue().node()));
                String copy = add("Identity", List.of(name), List.of());
                renamed.put(copy, outputName(output.getKey()));
            }
        }
        for (NodeProto.Builder node : nodes) {
            for (int i = 0; i < node.getOutputCount(); i++) {
                node.setOutput(i, renamed.getOrDefault(node.getOutput(i), node.getOutput(i)));
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, renamed.getOrDefault(node.getInput(i), node.getInput(i)));
            }
        }
    }

    /// The nodes, operands first.
    ImmutableList<NodeProto> protos() {
        return nodes.stream().map(NodeProto.Builder::build).collect(ImmutableList.toImmutableList());
    }

    /// The constants by name.
    ImmutableMap<String, TensorData> constants() {
        return constants.buildOrThrow();
    }
}

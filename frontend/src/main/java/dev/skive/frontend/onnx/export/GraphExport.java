package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.op.Source;
import dev.skive.ir.op.Spatial;
import dev.skive.ir.op.Structured;
import dev.skive.ir.op.Windowed;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A graph as an ONNX model, its constants apart so that they are not copied.
public final class GraphExport {
    private static final String LEARNING = "ai.onnx.ml";
    private static final int LEARNING_OPSET = 4;

    private final Graph graph;
    private final int opset;
    private final ModelNodes nodes;
    private final Sizes sizes;

    /// The export of a graph for an opset.
    public GraphExport(Graph graph, int opset) {
        this(graph, opset, new ModelNodes(graph));
    }

    private GraphExport(Graph graph, int opset, ModelNodes nodes) {
        this.graph = graph;
        this.opset = opset;
        this.nodes = nodes;
        this.sizes = new Sizes(graph, nodes, opset);
        var whole = new HashMap<Node, OneNode>();
        graph.nodes().forEach(node -> OneNode.endingIn(node, graph, opset).ifPresent(found -> whole.put(node, found)));
        Set<Node> absorbed =
                whole.values().stream().flatMap(found -> found.absorbed().stream()).collect(Collectors.toSet());
        for (Node node : graph.nodes()) {
            nodes.setOrigin(graph.origin(node));
            OneNode one = whole.get(node);
            if (one != null) {
                nodes.bind(node.result(), one.write(nodes));
            } else if (!absorbed.contains(node)) {
                export(node);
            }
        }
        nodes.nameOutputs(graph);
    }

    /// A graph that a node runs; what it captures goes by the names around it.
    ///
    /// @param captured the names of its last inputs
    GraphProto body(Graph inner, List<String> captured) {
        ModelNodes inside = nodes.inside(inner);
        int given = inner.inputs().size() - captured.size();
        for (int i = 0; i < captured.size(); i++) {
            inside.bind(inner.inputs().get(given + i), captured.get(i));
        }
        return new GraphExport(inner, opset, inside).content(given);
    }

    private void export(Node node) {
        Optional<SplitPattern> pieces = SplitPattern.with(node, graph);
        if (pieces.isPresent()) {
            if (!nodes.isNamed(node.result())) {
                pieces.get().write(nodes);
            }
        } else if (node.op() instanceof Input(String name, var type)) {
            nodes.bindInput(node.result(), name);
        } else if (node.op() instanceof Constant(TensorData data)) {
            nodes.bind(node.result(), nodes.constant(data));
        } else {
            ImmutableList<String> results = results(node);
            for (int i = 0; i < results.size(); i++) {
                nodes.bind(node.result(i), results.get(i));
            }
        }
    }

    private ImmutableList<String> results(Node node) {
        var writer = new NodeWriter(node, graph, opset, nodes, sizes);
        return node.op() instanceof Dynamic op
                ? new DynamicExport(writer, nodes, this).write(node, op)
                : ImmutableList.of(result(node, writer));
    }

    private static String result(Node node, NodeWriter writer) {
        return switch (node.op()) {
            case Source source -> throw new AssertionError("not computed: " + source);
            case Elementwise op -> ElementwiseExport.write(op, writer);
            case Reduction op -> ReductionExport.write(op, writer);
            case Contraction op -> ContractionExport.write(op, writer);
            case DataMovement op -> MovementExport.write(op, writer);
            case Recurrent op -> new RecurrentExport(op, writer).write();
            case Spatial op -> SpatialExport.write(op, writer);
            case Structured op -> StructuredExport.write(op, writer);
            case Dynamic op -> throw new AssertionError("has results of its own: " + op);
            case Windowed op -> WindowedExport.write(op, writer);
        };
    }

    /// The model without its constants.
    public ModelProto model() {
        GraphProto content = content(graph.inputs().size());
        var model = ModelProto.newBuilder();
        if (usesLearning(content)) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(LEARNING).setVersion(LEARNING_OPSET));
        }
        return model.setIrVersion(OnnxVersions.formatOf(opset))
                .setProducerName("skive")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(content)
                .build();
    }

    private static boolean usesLearning(GraphProto content) {
        return content.getNodeList().stream()
                .anyMatch(node ->
                        node.getDomain().equals(LEARNING)
                                || node.getAttributeList().stream()
                                        .anyMatch(attribute -> attribute.hasG() && usesLearning(attribute.getG())));
    }

    private GraphProto content(int inputs) {
        GraphProto.Builder content = GraphProto.newBuilder().setName(graph.name());
        content.addAllNode(nodes.protos());
        graph.inputs().stream()
                .limit(inputs)
                .forEach(value -> content.addInput(OnnxValueTypes.declare(nodes.name(value), value.type())));
        graph.outputs()
                .forEach((name, value) ->
                        content.addOutput(OnnxValueTypes.declare(nodes.outputName(name), value.type())));
        return content.build();
    }

    /// The constants by name, in order.
    public ImmutableMap<String, TensorData> constants() {
        return nodes.constants();
    }
}

package dev.skive.frontend.onnx.export;

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
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.op.Source;
import dev.skive.ir.op.Structured;
import dev.skive.ir.op.Windowed;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;

/// A graph as an ONNX model, its constants apart so that they are not copied.
public final class GraphExport {
    private final Graph graph;
    private final int opset;
    private final ModelNodes nodes;
    private final Sizes sizes;

    /// The export of a graph for an opset.
    public GraphExport(Graph graph, int opset) {
        this.graph = graph;
        this.opset = opset;
        this.nodes = new ModelNodes(graph);
        this.sizes = new Sizes(graph, nodes, opset);
        var products = new HashMap<Node, GemmPattern>();
        graph.nodes().forEach(node -> GemmPattern.endingIn(node, graph).ifPresent(found -> products.put(node, found)));
        Set<Node> absorbed =
                products.values().stream().flatMap(found -> found.absorbed().stream()).collect(Collectors.toSet());
        for (Node node : graph.nodes()) {
            nodes.setOrigin(graph.origin(node));
            GemmPattern product = products.get(node);
            if (product != null) {
                nodes.bind(node.result(), product.write(nodes));
            } else if (!absorbed.contains(node)) {
                export(node);
            }
        }
        nodes.nameOutputs(graph);
    }

    private void export(Node node) {
        if (node.op() instanceof Input(String name, var type)) {
            nodes.bind(node.result(), name);
        } else if (node.op() instanceof Constant(TensorData data)) {
            nodes.bind(node.result(), nodes.constant(data));
        } else {
            nodes.bind(node.result(), result(node));
        }
    }

    private String result(Node node) {
        var writer = new NodeWriter(node, opset, nodes, sizes);
        return switch (node.op()) {
            case Source source -> throw new AssertionError("not computed: " + source);
            case Elementwise op -> ElementwiseExport.write(op, writer);
            case Reduction op -> ReductionExport.write(op, writer);
            case Contraction op -> ContractionExport.write(op, writer);
            case DataMovement op -> MovementExport.write(op, writer);
            case Structured op -> StructuredExport.write(op, writer);
            case Windowed op -> WindowedExport.write(op, writer);
        };
    }

    /// The model without its constants.
    public ModelProto model() {
        GraphProto.Builder content = GraphProto.newBuilder().setName(graph.name());
        content.addAllNode(nodes.protos());
        graph.inputs().forEach(value -> content.addInput(OnnxValueTypes.declare(nodes.name(value), value.type())));
        graph.outputs().forEach((name, value) -> content.addOutput(OnnxValueTypes.declare(name, value.type())));
        return ModelProto.newBuilder()
                .setIrVersion(OnnxVersions.formatOf(opset))
                .setProducerName("skive")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(content)
                .build();
    }

    /// The constants by name, in order.
    public ImmutableMap<String, TensorData> constants() {
        return nodes.constants();
    }
}

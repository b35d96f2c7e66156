package dev.skive.frontend.onnx.function;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Replaces calls of a model's own functions by the nodes of these functions, in the graph, in graphs within it, and in
/// functions called by functions. A function of the same name as an operator goes before it. Nodes are written against
/// the opsets that their function imports; names within a function become names of their own.
public final class FunctionInlining {
    private final Map<FunctionKey, FunctionProto> functions = new HashMap<>();
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<FunctionKey> open = new ArrayDeque<>();
    private final Limits limits;
    private int nodes;

    private FunctionInlining(ModelProto model, Limits limits) {
        this.limits = limits;
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            opsets.put(OnnxVersions.domain(opset.getDomain()), opset.getVersion());
        }
        for (FunctionProto function : model.getFunctionsList()) {
            FunctionKey key = FunctionKey.of(function);
            if (functions.put(key, function) != null) {
                throw new SkiveException(ExitCode.INVALID_MODEL, "function '%s' is defined twice".formatted(key));
            }
        }
    }

    /// The model without calls of its own functions; the model itself when it has none.
    ///
    /// @param limits how many nodes it may have, and how deep calls may be
    /// @throws SkiveException when a function calls itself, a call does not fit its function, or there are too many nodes
    public static ModelProto inline(ModelProto model, Limits limits) {
        if (model.getFunctionsCount() == 0) {
            return model;
        }
        var inlining = new FunctionInlining(model, limits);
        inlining.taken.addAll(Names.in(model.getGraph()));
        GraphProto graph = inlining.graph(model.getGraph());
        var plain = model.toBuilder().clearFunctions().clearOpsetImport().setGraph(graph);
        inlining.opsets.forEach((domain, version) ->
                plain.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        return plain.build();
    }

    private GraphProto graph(GraphProto graph) {
        var result = graph.toBuilder().clearNode();
        int index = 0;
        for (NodeProto node : graph.getNodeList()) {
            expand(node, "node" + index++).forEach(result::addNode);
        }
        return result.build();
    }

    /// The nodes a node stands for.
    ///
    /// @param absent its name when it has none
    private ImmutableList<NodeProto> expand(NodeProto node, String absent) {
        FunctionProto function = functions.get(FunctionKey.of(node));
        count();
        if (function == null) {
            return ImmutableList.of(withinGraphs(node));
        }
        FunctionKey key = FunctionKey.of(function);
        if (open.contains(key)) {
            throw recursion(key);
        }
        limits.require(Limit.NESTING, open.size() + 1L, "calls of the function " + key);
        open.push(key);
        String name = node.getName().isEmpty() ? absent : node.getName();
        var body = new FunctionBody(function, node, name, taken, this::version);
        var result = ImmutableList.<NodeProto>builder();
        int index = 0;
        for (NodeProto inner : body.nodes()) {
            result.addAll(expand(inner, name + "/node" + index++));
        }
        open.pop();
        return result.build();
    }

    /// The opset a function's nodes are written against, where it is not that of the model.
    private boolean version(String domain, long version) {
        Long model = opsets.putIfAbsent(domain, version);
        return model == null || model == version;
    }

    private NodeProto withinGraphs(NodeProto node) {
        boolean plain =
                node.getAttributeList().stream()
                        .noneMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
        if (plain) {
            return node;
        }
        var result = node.toBuilder().clearAttribute();
        for (AttributeProto attribute : node.getAttributeList()) {
            var changed = attribute.toBuilder().clearGraphs();
            if (attribute.hasG()) {
                changed.setG(graph(attribute.getG()));
            }
            attribute.getGraphsList().forEach(inner -> changed.addGraphs(graph(inner)));
            result.addAttribute(changed);
        }
        return result.build();
    }

    private void count() {
        nodes++;
        limits.require(Limit.NODES, nodes, "the model with its functions");
    }

    private SkiveException recursion(FunctionKey key) {
        Iterator<FunctionKey> calls = open.descendingIterator();
        var chain = new StringBuilder();
        while (calls.hasNext()) {
            chain.append(calls.next()).append(" -> ");
        }
        return new SkiveException(ExitCode.INVALID_MODEL, "a function of the model calls itself: " + chain + key);
    }
}

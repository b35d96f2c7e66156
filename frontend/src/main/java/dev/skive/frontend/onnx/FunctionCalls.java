package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the functions of a model call each other. A function stands for its nodes wherever it is called: one that calls
/// itself would have no end, and thirty that each call the next one twice stand for a thousand million nodes.
final class FunctionCalls {
    private final ModelProto model;
    private final Limits limits;
    private final Map<Key, FunctionProto> functions = new HashMap<>();
    private final Map<Key, Long> sizes = new HashMap<>();
    private final Set<Key> open = new LinkedHashSet<>();

    private record Key(String domain, String name, String overload) {
        static Key of(FunctionProto function) {
            return new Key(
                    OnnxVersions.domain(function.getDomain()), function.getName(), function.getOverload());
        }

        static Key of(NodeProto node) {
            return new Key(OnnxVersions.domain(node.getDomain()), node.getOpType(), node.getOverload());
        }

        @Override
        public String toString() {
            return "'" + (domain.isEmpty() ? name : domain + "." + name) + "'";
        }
    }

    FunctionCalls(ModelProto model, Limits limits) {
        this.model = model;
        this.limits = limits;
        for (FunctionProto function : model.getFunctionsList()) {
            if (functions.put(Key.of(function), function) != null) {
                throw new SkiveException(
                        ExitCode.INVALID_MODEL, "function %s is defined twice".formatted(Key.of(function)));
            }
        }
    }

    /// Checks that calls end, and that the nodes they stand for are not too many.
    ///
    /// @throws SkiveException when they do not, or exceed the limit of nodes
    void check() {
        functions.keySet().forEach(this::size);
        limits.require(Limit.NODES, size(model.getGraph()), "the model");
    }

    private long size(Key key) {
        Long known = sizes.get(key);
        if (known != null) {
            return known;
        }
        if (!open.add(key)) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "function %s calls itself, by way of %s".formatted(key, open));
        }
        limits.require(Limit.NESTING, open.size(), "calls of functions by functions");
        FunctionProto function = functions.get(key);
        long size = function == null ? 0 : size(function.getNodeList());
        open.remove(key);
        sizes.put(key, size);
        return size;
    }

    private long size(List<NodeProto> nodes) {
        long size = 0;
        for (NodeProto node : nodes) {
            size = sum(size, 1);
            for (AttributeProto attribute : node.getAttributeList()) {
                size = sum(size, size(attribute.getG()));
                for (GraphProto inner : attribute.getGraphsList()) {
                    size = sum(size, size(inner));
                }
            }
            if (functions.containsKey(Key.of(node))) {
                size = sum(size, size(Key.of(node)));
            }
        }
        return size;
    }

    private long size(GraphProto graph) {
        return size(graph.getNodeList());
    }

    /// Stops at the largest number, far beyond any limit.
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}

package dev.skive.frontend.onnx;

import com.google.common.math.LongMath;
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
    private final Map<Key, Extent> extents = new HashMap<>();
    private final Set<Key> open = new LinkedHashSet<>();

    private record Key(String domain, String name, String overload) {
        static Key of(FunctionProto function) {
            return new Key(OnnxVersions.domain(function.getDomain()), function.getName(), function.getOverload());
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
    /// @throws SkiveException when they do not, or exceed a limit
    void check() {
        functions.keySet().forEach(this::extent);
        Extent whole = extent(model.getGraph().getNodeList());
        limits.require(Limit.NODES, whole.nodes, "the model");
        limits.require(Limit.NESTING, whole.depth, "the model with its functions");
    }

    private Extent extent(Key key) {
        Extent known = extents.get(key);
        if (known != null) {
            return known;
        }
        if (!open.add(key)) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "function %s calls itself, by way of %s".formatted(key, open));
        }
        limits.require(Limit.NESTING, open.size(), "function " + key);
        FunctionProto function = functions.get(key);
        Extent extent = function == null ? Extent.NONE : extent(function.getNodeList());
        open.remove(key);
        extents.put(key, extent);
        return extent;
    }

    private Extent extent(List<NodeProto> nodes) {
        var all = new Extent(nodes.size(), 0);
        for (NodeProto node : nodes) {
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    all = all.with(extent(attribute.getG().getNodeList()));
                }
                for (GraphProto inner : attribute.getGraphsList()) {
                    all = all.with(extent(inner.getNodeList()));
                }
            }
            if (functions.containsKey(Key.of(node))) {
                all = all.with(extent(Key.of(node)));
            }
        }
        return all;
    }

    /// How much a list of nodes stands for.
    ///
    /// @param nodes all nodes, those of graphs and functions within included; the largest number when more
    /// @param depth graphs and functions within each other
    private record Extent(long nodes, int depth) {
        static final Extent NONE = new Extent(0, 0);

        Extent with(Extent inner) {
            return new Extent(LongMath.saturatedAdd(nodes, inner.nodes), Math.max(depth, inner.depth + 1));
        }
    }
}

package dev.skive.frontend.onnx.function;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Origin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The nodes of a function as they stand in the place of one call.
final class FunctionBody {
    /// Notes the opset of a domain.
    @FunctionalInterface
    interface Versions {
        /// True when the model's is the same, or becomes it because it had none.
        boolean isOfModel(String domain, long version);
    }

    private final FunctionProto function;
    private final NodeProto call;
    private final String prefix;
    private final Set<String> taken;
    private final Map<String, AttributeProto> attributes = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    /// The body for a call.
    ///
    /// @param prefix the name of the call
    /// @param taken names that are in use
    FunctionBody(FunctionProto function, NodeProto call, String prefix, Set<String> taken, Versions model) {
        this.function = function;
        this.call = call;
        this.prefix = prefix;
        this.taken = taken;
        for (OperatorSetIdProto opset : function.getOpsetImportList()) {
            String domain = OnnxVersions.domain(opset.getDomain());
            if (!model.isOfModel(domain, opset.getVersion())) {
                versions.put(domain, opset.getVersion());
            }
        }
        require(
                call.getInputCount() <= function.getInputCount(),
                "%d operands for %d inputs".formatted(call.getInputCount(), function.getInputCount()));
        require(
                call.getOutputCount() <= function.getOutputCount(),
                "%d results for %d outputs".formatted(call.getOutputCount(), function.getOutputCount()));
        readAttributes();
    }

    private void readAttributes() {
        var known = new HashSet<>(function.getAttributeList());
        for (AttributeProto absent : function.getAttributeProtoList()) {
            known.add(absent.getName());
            attributes.put(absent.getName(), absent);
        }
        for (AttributeProto given : call.getAttributeList()) {
            require(known.contains(given.getName()), "attribute '%s' is unknown".formatted(given.getName()));
            attributes.put(given.getName(), given);
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    Origin.of(prefix),
                    "the call does not fit function '%s': %s".formatted(FunctionKey.of(function), problem));
        }
    }

    /// The nodes, which read what the call reads and write what the call writes.
    ImmutableList<NodeProto> nodes() {
        var names = new HashMap<String, String>();
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        var written = new HashSet<String>();
        function.getNodeList().forEach(node -> written.addAll(node.getOutputList()));
        var copied = ImmutableList.<NodeProto>builder();
        for (int i = 0; i < call.getOutputCount(); i++) {
            String inner = function.getOutput(i);
            if (!call.getOutput(i).isEmpty() && (!written.contains(inner) || names.containsKey(inner))) {
                require(names.containsKey(inner), "nothing defines its output '%s'".formatted(inner));
                copied.add(identity(names.getOrDefault(inner, ""), call.getOutput(i)));
            } else if (!call.getOutput(i).isEmpty()) {
                names.put(inner, call.getOutput(i));
            }
        }
        for (String name : written) {
            names.computeIfAbsent(name, this::fresh);
        }
        var result = ImmutableList.<NodeProto>builder();
        function.getNodeList().forEach(node -> result.add(renamed(node, names)));
        return result.addAll(copied.build()).build();
    }

    private NodeProto identity(String from, String to) {
        require(!from.isEmpty(), "its output '%s' is an input that is left out".formatted(to));
        return NodeProto.newBuilder().setName(fresh("copy")).setOpType("Identity").addInput(from).addOutput(to).build();
    }

    private String fresh(String name) {
        if (name.isEmpty()) {
            return "";
        }
        String wanted = prefix + "/" + name;
        String result = wanted;
        for (int i = 1; !taken.add(result); i++) {
            result = wanted + "_" + i;
        }
        return result;
    }

    private NodeProto renamed(NodeProto node, Map<String, String> names) {
        var result = node.toBuilder().clearInput().clearOutput().clearAttribute().clearMetadataProps();
        if (!node.getName().isEmpty()) {
            result.setName(prefix + "/" + node.getName());
        }
        node.getInputList().forEach(input -> result.addInput(names.getOrDefault(input, input)));
        node.getOutputList().forEach(output -> result.addOutput(names.getOrDefault(output, output)));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getRefAttrName().isEmpty()) {
                result.addAttribute(renamed(attribute, names));
            } else if (attributes.containsKey(attribute.getRefAttrName())) {
                result.addAttribute(referred(attribute));
            }
        }
        Long version = versions.get(OnnxVersions.domain(node.getDomain()));
        return (version == null ? result : OnnxVersions.mark(result, version)).build();
    }

    /// The attribute of the call under the name it has in the function.
    private AttributeProto referred(AttributeProto reference) {
        AttributeProto given = attributes.get(reference.getRefAttrName());
        if (given == null) {
            throw new AssertionError("not given: " + reference.getRefAttrName());
        }
        return given.toBuilder().setName(reference.getName()).build();
    }

    private AttributeProto renamed(AttributeProto attribute, Map<String, String> names) {
        if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
            return attribute;
        }
        var result = attribute.toBuilder().clearGraphs();
        if (attribute.hasG()) {
            result.setG(renamed(attribute.getG(), names));
        }
        attribute.getGraphsList().forEach(inner -> result.addGraphs(renamed(inner, names)));
        return result.build();
    }

    private GraphProto renamed(GraphProto graph, Map<String, String> names) {
        var inside = new HashMap<>(names);
        // Also what it defines, which could have the name of something around the call.
        Names.defined(graph).forEach(name -> inside.put(name, fresh(name)));
        return Names.renamed(graph, inside, node -> renamed(node, inside));
    }
}

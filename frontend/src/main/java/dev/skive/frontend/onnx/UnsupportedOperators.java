package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds operators that cannot be imported before any work is done, and reports all of them at once.
///
/// @param versions the model's opsets
record UnsupportedOperators(OnnxVersions versions) {
    private static final int SHOWN = 3;
    private static final String TRAINING = "only for training";
    private static final String GENERATION = "a whole search for text; run it around the decoder's model";

    /// Why some operators are not supported and will not be.
    private static final ImmutableMap<String, String> REASONS =
            ImmutableMap.<String, String>builder()
                    .put("ImageDecoder", "decoders do not agree on pixels; decode before the model")
                    .put("ai.onnx.preview.training.Gradient", TRAINING)
                    .put("com.microsoft.BeamSearch", GENERATION)
                    .put("com.microsoft.GreedySearch", GENERATION)
                    .put("com.microsoft.Sampling", GENERATION)
                    .put("com.microsoft.Tokenizer", "split texts before the model")
                    .put("com.microsoft.WhisperBeamSearch", GENERATION)
                    .buildOrThrow();

    /// Checks the nodes of a graph.
    ///
    /// @throws SkiveException naming each operator, its opset, how often it occurs, and the first few nodes
    void check(GraphProto graph) {
        Map<String, List<String>> missing = new TreeMap<>();
        collect(graph, name -> false, missing);
        if (!missing.isEmpty()) {
            String list =
                    missing.entrySet().stream()
                            .map(entry -> "  " + entry.getKey() + " " + occurrences(entry.getValue()))
                            .collect(Collectors.joining("\n"));
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "%d operators are not supported:\n%s".formatted(missing.size(), list));
        }
    }

    /// Looks at the nodes that outputs need, and into the graphs inside them.
    private void collect(GraphProto graph, Predicate<String> isInSight, Map<String, List<String>> missing) {
        for (int index : new NodeOrder(graph, isInSight).needed()) {
            NodeProto node = graph.getNode(index);
            String domain = OnnxVersions.domain(node.getDomain());
            if (Operators.find(domain, node.getOpType()).isEmpty()) {
                missing.computeIfAbsent(name(domain, node.getOpType()), key -> new ArrayList<>())
                        .add(NodeNames.of(node, index));
            }
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    // Names from outside are checked by the order of the graph around.
                    collect(attribute.getG(), name -> true, missing);
                }
            }
        }
    }

    private String name(String domain, String type) {
        String full = domain.isEmpty() ? type : domain + "." + type;
        String reason = REASONS.getOrDefault(full, "");
        return "%s (opset %d%s)".formatted(full, versions.of(domain), reason.isEmpty() ? "" : "; " + reason);
    }

    private static String occurrences(List<String> names) {
        String first = names.stream().limit(SHOWN).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return "%d times: %s%s".formatted(names.size(), first, names.size() > SHOWN ? ", ..." : "");
    }
}

package dev.skive.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.math.LongMath;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an ONNX file says about itself, read without importing it, so that it can be told of any model.
///
/// @param name the graph's name
/// @param producer the exporter
/// @param irVersion version of the format
/// @param opsets version of each operator set by domain; the standard one is `ai.onnx`
/// @param inputs what the caller gives
/// @param outputs what the caller gets
/// @param parameters number of elements of all weights
/// @param parameterBytes bytes they take
/// @param nodes number of nodes, those of inner graphs included
/// @param operators number of nodes by operator
/// @param unsupported the operators among them that cannot be imported
public record OnnxSummary(
        String name,
        String producer,
        long irVersion,
        ImmutableMap<String, Long> opsets,
        ImmutableList<Port> inputs,
        ImmutableList<Port> outputs,
        long parameters,
        long parameterBytes,
        int nodes,
        ImmutableSortedMap<String, Integer> operators,
        ImmutableSortedMap<String, Integer> unsupported) {
    /// An input or output as declared.
    ///
    /// @param name its name
    /// @param type its type, `i64[batch,sequence]` for example
    public record Port(String name, String type) {}

    /// The summary of a model.
    public static OnnxSummary of(ModelProto model) {
        GraphProto graph = model.getGraph();
        List<TensorProto> weights = graph.getInitializerList();
        List<NodeProto> nodes = nodes(graph).toList();
        ImmutableMap<String, Long> opsets =
                model.getOpsetImportList().stream()
                        .collect(
                                ImmutableMap.toImmutableMap(
                                        opset -> opset.getDomain().isEmpty() ? "ai.onnx" : opset.getDomain(),
                                        opset -> opset.getVersion(),
                                        Math::max));
        List<String> names = weights.stream().map(TensorProto::getName).toList();
        return new OnnxSummary(
                graph.getName(),
                (model.getProducerName() + " " + model.getProducerVersion()).strip(),
                model.getIrVersion(),
                opsets,
                ports(graph.getInputList().stream().filter(input -> !names.contains(input.getName()))),
                ports(graph.getOutputList().stream()),
                weights.stream().mapToLong(OnnxSummary::count).reduce(0, LongMath::saturatedAdd),
                weights.stream().mapToLong(OnnxSummary::bytes).reduce(0, LongMath::saturatedAdd),
                nodes.size(),
                histogram(nodes.stream()),
                histogram(nodes.stream().filter(OnnxSummary::isUnsupported)));
    }

    private static Stream<NodeProto> nodes(GraphProto graph) {
        return graph.getNodeList().stream()
                .flatMap(node ->
                        Stream.concat(
                                Stream.of(node),
                                node.getAttributeList().stream()
                                        .flatMap(attribute ->
                                                Stream.concat(
                                                        attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
                                                        attribute.getGraphsList().stream()))
                                        .flatMap(OnnxSummary::nodes)));
    }

    private static boolean isUnsupported(NodeProto node) {
        return Operators.find(OnnxVersions.domain(node.getDomain()), node.getOpType()).isEmpty();
    }

    private static ImmutableSortedMap<String, Integer> histogram(Stream<NodeProto> nodes) {
        Map<String, Integer> counts = new TreeMap<>();
        nodes.forEach(node -> counts.merge(operator(node), 1, Integer::sum));
        return ImmutableSortedMap.copyOf(counts);
    }

    private static String operator(NodeProto node) {
        String domain = OnnxVersions.domain(node.getDomain());
        return domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType();
    }

    private static ImmutableList<Port> ports(Stream<ValueInfoProto> values) {
        return values.map(value -> new Port(value.getName(), type(value.getType())))
                .collect(ImmutableList.toImmutableList());
    }

    private static String type(TypeProto type) {
        if (!type.hasTensorType()) {
            return type.getValueCase().name();
        }
        TypeProto.Tensor tensor = type.getTensorType();
        String element = OnnxTypes.element(tensor.getElemType()).map(ElementType::text).orElse("?");
        if (!tensor.hasShape()) {
            return element + "[...]";
        }
        return tensor.getShape().getDimList().stream()
                .map(dim ->
                        switch (dim.getValueCase()) {
                            case DIM_VALUE -> Long.toString(dim.getDimValue());
                            case DIM_PARAM -> dim.getDimParam();
                            case VALUE_NOT_SET -> "?";
                        })
                .collect(Collectors.joining(",", element + "[", "]"));
    }

    private static long count(TensorProto tensor) {
        long count = 1;
        for (long size : tensor.getDimsList()) {
            count = LongMath.saturatedMultiply(count, Math.max(0, size));
        }
        return count;
    }

    private static long bytes(TensorProto tensor) {
        return OnnxTypes.element(tensor.getDataType())
                .map(element -> LongMath.saturatedMultiply(count(tensor), element.bits()) / Byte.SIZE)
                .orElse(0L);
    }
}

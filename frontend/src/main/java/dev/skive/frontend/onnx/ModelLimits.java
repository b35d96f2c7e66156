package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.List;
import java.util.regex.Pattern;

/// Checks what a model asks for before work is done for it, and that its names can be told of: a name with control
/// characters could forge lines of a log or drive a terminal.
final class ModelLimits {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
    private static final int SHOWN = 40;

    private final Limits limits;

    ModelLimits(Limits limits) {
        this.limits = limits;
    }

    /// Checks a model: its graph, the graphs within it, and its functions.
    ///
    /// @throws SkiveException when a limit is exceeded or a name is refused
    void check(ModelProto model) {
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            checkName(opset.getDomain());
        }
        check(model.getGraph(), 0);
        model.getFunctionsList().forEach(this::check);
        new FunctionCalls(model, limits).check();
    }

    private void check(FunctionProto function) {
        checkName(function.getName());
        checkName(function.getDomain());
        function.getInputList().forEach(this::checkName);
        function.getOutputList().forEach(this::checkName);
        function.getAttributeList().forEach(this::checkName);
        function.getNodeList().forEach(node -> check(node, 0));
        function.getAttributeProtoList().forEach(attribute -> check(attribute, 0));
    }

    private void check(GraphProto graph, int depth) {
        limits.require(Limit.NESTING, depth, "the model");
        checkName(graph.getName());
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(this::checkName);
        graph.getSparseInitializerList().forEach(sparse -> checkName(sparse.getValues().getName()));
        check(graph.getInputList());
        check(graph.getOutputList());
        check(graph.getValueInfoList());
        graph.getNodeList().forEach(node -> check(node, depth));
    }

    private void check(List<ValueInfoProto> values) {
        for (ValueInfoProto value : values) {
            checkName(value.getName());
            check(value, value.getType());
        }
    }

    private void check(ValueInfoProto value, TypeProto type) {
        TensorShapeProto shape = type.getTensorType().getShape();
        limits.require(Limit.RANK, shape.getDimCount(), "value '%s'".formatted(value.getName()));
        shape.getDimList().forEach(dim -> checkName(dim.getDimParam()));
    }

    private void check(NodeProto node, int depth) {
        checkName(node.getName());
        checkName(node.getOpType());
        checkName(node.getDomain());
        node.getInputList().forEach(this::checkName);
        node.getOutputList().forEach(this::checkName);
        limits.require(Limit.ATTRIBUTES, node.getAttributeCount(), "node '%s'".formatted(node.getName()));
        node.getAttributeList().forEach(attribute -> check(attribute, depth));
    }

    private void check(AttributeProto attribute, int depth) {
        checkName(attribute.getName());
        checkName(attribute.getRefAttrName());
        String subject = "attribute '%s'".formatted(attribute.getName());
        limits.require(Limit.TEXT_BYTES, attribute.getS().size(), subject);
        attribute.getStringsList().forEach(text -> limits.require(Limit.TEXT_BYTES, text.size(), subject));
        if (attribute.hasG()) {
            check(attribute.getG(), depth + 1);
        }
        attribute.getGraphsList().forEach(inner -> check(inner, depth + 1));
    }

    private void checkName(String name) {
        if (name.length() > limits.of(Limit.NAME_LENGTH) || CONTROL.matcher(name).find()) {
            String shown =
                    CONTROL.matcher(name.substring(0, Math.min(SHOWN, name.length())))
                            .replaceAll(match -> "<U+%04X>".formatted((int) match.group().charAt(0)));
            limits.require(Limit.NAME_LENGTH, name.length(), "name '%s...'".formatted(shown));
            throw new SkiveException(
                    ExitCode.REFUSED, "name '%s' has a control character; rename it in the model".formatted(shown));
        }
    }
}

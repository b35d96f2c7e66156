package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gelu;

/// `Gelu` of the standard and of ORT, which knows the exact form only.
record GeluImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        String form = node.attributes().text("approximate", "none");
        return switch (form) {
            case "none" -> node.add(new Gelu(Gelu.Form.ERF), node.operand(0));
            case "tanh" -> node.add(new Gelu(Gelu.Form.TANH), node.operand(0));
            default -> throw node.failure("attribute 'approximate' must be 'none' or 'tanh', found '%s'", form);
        };
    }
}

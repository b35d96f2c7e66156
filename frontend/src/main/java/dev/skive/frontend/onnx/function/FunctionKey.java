package dev.skive.frontend.onnx.function;

import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.NodeProto;

/// What a call and a function have in common.
///
/// @param domain operator set, empty for the standard
/// @param name name in it
/// @param overload which of several functions of that name
record FunctionKey(String domain, String name, String overload) {
    static FunctionKey of(FunctionProto function) {
        return new FunctionKey(OnnxVersions.domain(function.getDomain()), function.getName(), function.getOverload());
    }

    static FunctionKey of(NodeProto call) {
        return new FunctionKey(OnnxVersions.domain(call.getDomain()), call.getOpType(), call.getOverload());
    }

    @Override
    public String toString() {
        return (domain.isEmpty() ? "" : domain + ".") + name + (overload.isEmpty() ? "" : ":" + overload);
    }
}

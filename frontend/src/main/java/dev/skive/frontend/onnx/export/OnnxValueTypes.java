package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;

/// Types of the IR as ONNX declares them.
final class OnnxValueTypes {
    private OnnxValueTypes() {}

    /// A declaration of a value.
    static ValueInfoProto declare(String name, Type type) {
        return ValueInfoProto.newBuilder().setName(name).setType(proto(type)).build();
    }

    /// A type.
    static TypeProto proto(Type type) {
        return switch (type) {
            case TensorType tensor ->
                    TypeProto.newBuilder()
                            .setTensorType(
                                    TypeProto.Tensor.newBuilder()
                                            .setElemType(OnnxTypes.number(tensor.element()))
                                            .setShape(shape(tensor.shape())))
                            .build();
            case UnrankedType(var element) ->
                    TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.number(element)))
                            .build();
            case SequenceType(Type element) ->
                    TypeProto.newBuilder()
                            .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(proto(element)))
                            .build();
            case OptionalType(Type element) ->
                    TypeProto.newBuilder()
                            .setOptionalType(TypeProto.Optional.newBuilder().setElemType(proto(element)))
                            .build();
            case AbsentType absent -> throw new AssertionError(absent + " is not a type of a value");
        };
    }

    private static TensorShapeProto shape(Shape shape) {
        var proto = TensorShapeProto.newBuilder();
        for (Dim dim : shape.dims()) {
            proto.addDim(
                    dim.isKnown()
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(dim.known())
                            : TensorShapeProto.Dimension.newBuilder()
                                    .setDimParam(dim.asSymbol().orElseGet(dim::toString)));
        }
        return proto.build();
    }
}

package dev.skive.frontend.onnx.export;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.data.TensorData;
import java.util.List;

/// Attributes of ONNX nodes.
final class OnnxAttributes {
    private OnnxAttributes() {}

    static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto integers(String name, long... values) {
        return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(Longs.asList(values)).build();
    }

    static AttributeProto real(String name, double value) {
        return attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
    }

    static AttributeProto text(String name, String value) {
        return attribute(name, AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
    }

    static AttributeProto reals(String name, List<Double> values) {
        return attribute(name, AttributeProto.AttributeType.FLOATS)
                .addAllFloats(values.stream().map(Double::floatValue).toList())
                .build();
    }

    static AttributeProto texts(String name, List<String> values) {
        return attribute(name, AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build();
    }

    /// The keys of a `LabelEncoder`.
    static AttributeProto keys(TensorData keys) {
        return switch (keys.element()) {
            case STRING -> texts("keys_strings", keys.text());
            case INT64 -> integers("keys_int64s", keys.longs());
            case FLOAT32 -> reals("keys_floats", Doubles.asList(keys.doubles()));
            default ->
                    attribute("keys_tensor", AttributeProto.AttributeType.TENSOR)
                            .setT(
                                    TensorProto.newBuilder()
                                            .setDataType(OnnxTypes.number(keys.element()))
                                            .addDims(keys.count())
                                            .addAllDoubleData(Doubles.asList(keys.doubles())))
                            .build();
        };
    }

    private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}

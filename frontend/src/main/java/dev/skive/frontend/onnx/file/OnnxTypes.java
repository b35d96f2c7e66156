package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableBiMap;
import dev.skive.frontend.onnx.proto.TensorProto.DataType;
import dev.skive.ir.type.ElementType;
import java.util.Map;
import java.util.Optional;

/// ONNX's numbers for element types.
public final class OnnxTypes {
    private static final ImmutableBiMap<DataType, ElementType> TYPES =
            ImmutableBiMap.copyOf(
                    Map.ofEntries(
                            Map.entry(DataType.FLOAT, ElementType.FLOAT32),
                            Map.entry(DataType.UINT8, ElementType.UINT8),
                            Map.entry(DataType.INT8, ElementType.INT8),
                            Map.entry(DataType.UINT16, ElementType.UINT16),
                            Map.entry(DataType.INT16, ElementType.INT16),
                            Map.entry(DataType.INT32, ElementType.INT32),
                            Map.entry(DataType.INT64, ElementType.INT64),
                            Map.entry(DataType.STRING, ElementType.STRING),
                            Map.entry(DataType.BOOL, ElementType.BOOL),
                            Map.entry(DataType.FLOAT16, ElementType.FLOAT16),
                            Map.entry(DataType.DOUBLE, ElementType.FLOAT64),
                            Map.entry(DataType.UINT32, ElementType.UINT32),
                            Map.entry(DataType.UINT64, ElementType.UINT64),
                            Map.entry(DataType.COMPLEX64, ElementType.COMPLEX64),
                            Map.entry(DataType.COMPLEX128, ElementType.COMPLEX128),
                            Map.entry(DataType.BFLOAT16, ElementType.BFLOAT16),
                            Map.entry(DataType.FLOAT8E4M3FN, ElementType.FLOAT8E4M3FN),
                            Map.entry(DataType.FLOAT8E4M3FNUZ, ElementType.FLOAT8E4M3FNUZ),
                            Map.entry(DataType.FLOAT8E5M2, ElementType.FLOAT8E5M2),
                            Map.entry(DataType.FLOAT8E5M2FNUZ, ElementType.FLOAT8E5M2FNUZ),
                            Map.entry(DataType.FLOAT8E8M0, ElementType.FLOAT8E8M0),
                            Map.entry(DataType.UINT4, ElementType.UINT4),
                            Map.entry(DataType.INT4, ElementType.INT4),
                            Map.entry(DataType.FLOAT4E2M1, ElementType.FLOAT4E2M1),
                            Map.entry(DataType.UINT2, ElementType.UINT2),
                            Map.entry(DataType.INT2, ElementType.INT2)));

    private OnnxTypes() {}

    /// The element type with this number, if there is one.
    public static Optional<ElementType> element(long number) {
        boolean isInt = number == (int) number;
        return isInt ? Optional.ofNullable(DataType.forNumber((int) number)).map(TYPES::get) : Optional.empty();
    }

    /// The number of an element type.
    public static int number(ElementType element) {
        return Optional.ofNullable(TYPES.inverse().get(element))
                .orElseThrow(() -> new AssertionError(element + " has no number"))
                .getNumber();
    }
}

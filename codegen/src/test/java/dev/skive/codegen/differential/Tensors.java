package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.ByteTensor;
import dev.skive.runtime.DoubleTensor;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.IntTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.PackedTensor;
import dev.skive.runtime.ShortTensor;
import dev.skive.runtime.StringTensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tensors of the interpreter as tensors of generated code, and back.
public final class Tensors {
    private Tensors() {}

    /// What a model is given.
    public static Map<String, dev.skive.runtime.Tensor> toRuntime(Map<String, Tensor> tensors) {
        var converted = new LinkedHashMap<String, dev.skive.runtime.Tensor>();
        tensors.forEach((name, tensor) -> converted.put(name, toRuntime(tensor)));
        return converted;
    }

    private static dev.skive.runtime.Tensor toRuntime(Tensor tensor) {
        if (tensor.element() == ElementType.STRING) {
            return StringTensor.of(tensor.text().toArray(String[]::new), tensor.sizes());
        }
        MemorySegment bytes = tensor.toData().bytes();
        long[] sizes = tensor.sizes();
        ElementKind kind = ElementKind.of(tensor.element().text());
        return switch (tensor.element()) {
            case FLOAT32 -> FloatTensor.of(bytes, sizes);
            case FLOAT64 -> DoubleTensor.of(bytes, sizes);
            case BOOL -> BooleanTensor.of(bytes, sizes);
            case INT64, UINT64 -> LongTensor.of(kind, bytes, sizes);
            case INT32, UINT32 -> IntTensor.of(kind, bytes, sizes);
            case INT16, UINT16, FLOAT16, BFLOAT16 -> ShortTensor.of(kind, bytes, sizes);
            case INT8, UINT8, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 ->
                    ByteTensor.of(kind, bytes, sizes);
            case INT4, UINT4, INT2, UINT2, FLOAT4E2M1 -> PackedTensor.of(kind, bytes, sizes);
            default -> throw new AssertionError("no tensor class holds " + tensor.element());
        };
    }

    /// What a model gave.
    public static Tensor fromRuntime(dev.skive.runtime.Tensor tensor) {
        if (tensor instanceof StringTensor text) {
            return Tensor.ofText(ImmutableList.copyOf(text.values()), text.shape());
        }
        ElementType element = ElementType.parse(tensor.kind().text()).orElseThrow();
        return Tensor.of(TensorData.wrap(element, tensor.shape(), tensor.segment()));
    }
}

package dev.skive.verify.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Tensors on their way to ONNX Runtime and back, as the bytes both sides store.
final class OrtTensors {
    private OrtTensors() {}

    /// A tensor of ONNX Runtime over a copy outside the Java heap; the caller closes it.
    ///
    /// @throws SkiveException when its Java interface does not take the element type
    static OnnxTensor toOrt(OrtEnvironment environment, String name, Tensor tensor) throws OrtException {
        if (tensor.element() == ElementType.STRING) {
            return OnnxTensor.createTensor(environment, tensor.text().toArray(String[]::new), tensor.sizes());
        }
        OnnxJavaType type =
                accepted(tensor.element())
                        .orElseThrow(() ->
                                new SkiveException(
                                        ExitCode.CHECK_FAILED,
                                        "input '%s': ONNX Runtime's Java interface does not take %s"
                                                .formatted(name, tensor.element())));
        return OnnxTensor.createTensor(environment, bytes(tensor), tensor.sizes(), type);
    }

    private static ByteBuffer bytes(Tensor tensor) {
        MemorySegment stored = tensor.toData().bytes();
        int size = Math.toIntExact(stored.byteSize());
        ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        MemorySegment.ofBuffer(bytes).copyFrom(stored);
        return bytes;
    }

    private static Optional<OnnxJavaType> accepted(ElementType element) {
        return switch (element) {
            case FLOAT32 -> Optional.of(OnnxJavaType.FLOAT);
            case FLOAT64 -> Optional.of(OnnxJavaType.DOUBLE);
            case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
            case BFLOAT16 -> Optional.of(OnnxJavaType.BFLOAT16);
            case INT64 -> Optional.of(OnnxJavaType.INT64);
            case INT32 -> Optional.of(OnnxJavaType.INT32);
            case INT16 -> Optional.of(OnnxJavaType.INT16);
            case INT8 -> Optional.of(OnnxJavaType.INT8);
            case UINT8 -> Optional.of(OnnxJavaType.UINT8);
            case BOOL -> Optional.of(OnnxJavaType.BOOL);
            default -> Optional.empty();
        };
    }

    /// The elements of a tensor of ONNX Runtime, copied to the heap.
    ///
    /// @throws SkiveException when it is not a tensor of numbers
    static Tensor fromOrt(String name, OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw unreadable(name, value.getType().toString());
        }
        TensorInfo info = tensor.getInfo();
        if (info.onnxType == TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING) {
            return Tensor.ofText(text(tensor, info), info.getShape());
        }
        ElementType element = produced(info).orElseThrow(() -> unreadable(name, "a tensor of " + info.onnxType));
        if (info.getNumElements() == 0) {
            return Tensor.of(TensorData.wrap(element, info.getShape(), MemorySegment.ofArray(new byte[0])));
        }
        MemorySegment bytes = MemorySegment.ofBuffer(tensor.getByteBuffer());
        return Tensor.of(TensorData.wrap(element, info.getShape(), bytes));
    }

    /// Text comes as arrays nested as deep as the tensor's rank, a scalar as a string.
    private static ImmutableList<String> text(OnnxTensor tensor, TensorInfo info) {
        var text = ImmutableList.<String>builder();
        if (info.getNumElements() > 0) {
            try {
                collect(tensor.getValue(), text);
            } catch (OrtException failure) {
                throw OrtReference.failed(failure);
            }
        }
        return text.build();
    }

    private static void collect(Object value, ImmutableList.Builder<String> text) {
        if (value instanceof Object[] values) {
            for (Object inner : values) {
                collect(inner, text);
            }
        } else {
            text.add((String) value);
        }
    }

    private static SkiveException unreadable(String name, String found) {
        return new SkiveException(
                ExitCode.CHECK_FAILED, "output '%s' is %s, which cannot be compared".formatted(name, found));
    }

    private static Optional<ElementType> produced(TensorInfo info) {
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(ElementType.FLOAT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(ElementType.FLOAT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Optional.of(ElementType.FLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Optional.of(ElementType.BFLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(ElementType.INT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(ElementType.INT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(ElementType.INT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(ElementType.INT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(ElementType.UINT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(ElementType.BOOL);
            default -> Optional.empty();
        };
    }
}

package dev.skive.frontend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.Elements;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A model in ONNX Runtime, on one thread.
public final class OrtSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final ai.onnxruntime.OrtSession session;

    /// Loads a model; without optimizations it computes node by node what the file says.
    public OrtSession(Path model, boolean optimized) {
        try (var options = new SessionOptions()) {
            options.setOptimizationLevel(optimized ? SessionOptions.OptLevel.ALL_OPT : SessionOptions.OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /// The outputs of a model without optimizations.
    public static ImmutableMap<String, Tensor> run(Path model, Map<String, Tensor> inputs) {
        try (var session = new OrtSession(model, false)) {
            return session.run(inputs);
        }
    }

    /// The outputs for these inputs.
    public ImmutableMap<String, Tensor> run(Map<String, Tensor> inputs) {
        var given = new HashMap<String, OnnxTensor>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), toOrt(input.getValue()));
            }
            var outputs = ImmutableMap.<String, Tensor>builder();
            try (var results = session.run(given)) {
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> result : results) {
                    outputs.put(result.getKey(), fromOrt((OnnxTensor) result.getValue()));
                }
            }
            return outputs.buildOrThrow();
        } catch (OrtException e) {
            throw new AssertionError(e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor toOrt(Tensor tensor) throws OrtException {
        long[] sizes = tensor.sizes();
        if (tensor.element() == ElementType.STRING) {
            return OnnxTensor.createTensor(environment, tensor.text().toArray(String[]::new), sizes);
        }
        var data = tensor.toData();
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.max(1, (int) data.bytes().byteSize())).order(ByteOrder.nativeOrder());
        bytes.put(0, data.bytes().asByteBuffer(), 0, (int) data.bytes().byteSize());
        bytes.limit((int) data.bytes().byteSize());
        return switch (tensor.element()) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), sizes);
            case FLOAT64 -> OnnxTensor.createTensor(environment, bytes.asDoubleBuffer(), sizes);
            case INT64 -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), sizes);
            case INT16 -> OnnxTensor.createTensor(environment, bytes.asShortBuffer(), sizes);
            case INT32 -> OnnxTensor.createTensor(environment, bytes.asIntBuffer(), sizes);
            default -> OnnxTensor.createTensor(environment, bytes, sizes, ortType(tensor.element()));
        };
    }

    private static ai.onnxruntime.OnnxJavaType ortType(ElementType element) {
        return switch (element) {
            case BOOL -> ai.onnxruntime.OnnxJavaType.BOOL;
            case INT8 -> ai.onnxruntime.OnnxJavaType.INT8;
            case UINT8 -> ai.onnxruntime.OnnxJavaType.UINT8;
            case FLOAT16 -> ai.onnxruntime.OnnxJavaType.FLOAT16;
            case BFLOAT16 -> ai.onnxruntime.OnnxJavaType.BFLOAT16;
            default -> throw new AssertionError("not used in tests: " + element);
        };
    }

    private static Tensor fromOrt(OnnxTensor tensor) throws OrtException {
        if (tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.STRING) {
            var text = ImmutableList.<String>builder();
            flatten(tensor.getValue(), text);
            return Tensor.ofText(text.build(), tensor.getInfo().getShape());
        }
        ElementType element =
                switch (tensor.getInfo().type) {
                    case FLOAT -> ElementType.FLOAT32;
                    case DOUBLE -> ElementType.FLOAT64;
                    case INT64 -> ElementType.INT64;
                    case INT32 -> ElementType.INT32;
                    case INT16 -> ElementType.INT16;
                    case BOOL -> ElementType.BOOL;
                    case INT8 -> ElementType.INT8;
                    case UINT8 -> ElementType.UINT8;
                    case FLOAT16 -> ElementType.FLOAT16;
                    case BFLOAT16 -> ElementType.BFLOAT16;
                    default -> throw new AssertionError("not used in tests: " + tensor.getInfo());
                };
        var bytes = java.lang.foreign.MemorySegment.ofBuffer(tensor.getByteBuffer());
        int count = Math.toIntExact(tensor.getInfo().getNumElements());
        if (element.isReal()) {
            var values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = Elements.getDouble(element, bytes, i);
            }
            return Tensor.ofReals(element, values, tensor.getInfo().getShape());
        }
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = Elements.getLong(element, bytes, i);
        }
        return Tensor.ofIntegers(element, values, tensor.getInfo().getShape());
    }

    private static void flatten(Object value, ImmutableList.Builder<String> text) {
        if (value instanceof Object[] array) {
            for (Object element : array) {
                flatten(element, text);
            }
        } else {
            text.add((String) value);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }
}

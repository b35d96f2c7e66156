package dev.skive.verify.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.skive.ir.eval.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// The inputs of a run as tensors of ONNX Runtime, closed together.
final class OrtInputs implements AutoCloseable {
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    static OrtInputs of(OrtEnvironment environment, Map<String, Tensor> inputs) throws OrtException {
        var all = new OrtInputs();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                all.tensors.put(input.getKey(), OrtTensors.toOrt(environment, input.getKey(), input.getValue()));
            }
            return all;
        } catch (OrtException | RuntimeException failure) {
            all.close();
            throw failure;
        }
    }

    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
    }
}

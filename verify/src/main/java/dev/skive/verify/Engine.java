package dev.skive.verify;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Something that runs one model: ONNX Runtime, the interpreter, a compiled class.
public interface Engine extends AutoCloseable {
    /// What reports call it.
    String name();

    /// The outputs for these inputs, by name.
    ///
    /// @throws dev.skive.ir.SkiveException when the inputs do not fit or the run fails
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /// The outputs for these inputs, by name, sequences and optionals among them.
    ///
    /// @throws SkiveException when the inputs do not fit, the run fails, or the engine takes tensors only
    default Map<String, Datum> evaluate(Map<String, Datum> inputs) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        inputs.forEach((input, datum) -> {
            if (!(datum instanceof Tensor tensor)) {
                throw new SkiveException(ExitCode.USAGE, "input '%s': %s takes tensors only".formatted(input, name()));
            }
            tensors.put(input, tensor);
        });
        return new LinkedHashMap<>(run(tensors));
    }

    /// Frees what the engine holds.
    @Override
    default void close() {}
}

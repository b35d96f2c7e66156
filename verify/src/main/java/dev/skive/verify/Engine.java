package dev.skive.verify;

import dev.skive.ir.eval.Tensor;
import java.util.Map;

/// Something that runs one model: ONNX Runtime, the interpreter, a compiled class.
public interface Engine extends AutoCloseable {
    /// What reports call it.
    String name();

    /// The outputs for these inputs, by name.
    ///
    /// @throws dev.skive.ir.SkiveException when the inputs do not fit or the run fails
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /// Frees what the engine holds.
    @Override
    default void close() {}
}

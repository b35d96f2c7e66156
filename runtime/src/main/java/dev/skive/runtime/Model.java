package dev.skive.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A compiled model, whatever its inputs are. Every generated class implements it beside its own typed `run`.
///
/// `run` may be called from several threads at once. Nothing of a call is left behind: results are ordinary tensors on
/// the heap.
public interface Model extends AutoCloseable {
    /// The name of the model.
    String name();

    /// The inputs, in the model's order.
    List<TensorInfo> inputs();

    /// The outputs, in the model's order.
    List<TensorInfo> outputs();

    /// The values of all outputs by name, for the values of all inputs by name.
    ///
    /// @throws IllegalArgumentException when an input is missing, unknown, or of another kind, rank or size than the
    ///     model takes
    /// @throws IllegalStateException when the model is closed
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /// The same for values of every form: sequences and optionals as well as tensors.
    ///
    /// @throws IllegalArgumentException when an input is missing, unknown, or of another kind, rank or size than the
    ///     model takes
    /// @throws IllegalStateException when the model is closed
    default Map<String, Value> evaluate(Map<String, ? extends Value> inputs) {
        return new LinkedHashMap<>(run(Inputs.tensors(inputs)));
    }

    /// The kernels in use, `vector 512` or `scalar` for example.
    String instructionSet();

    /// Ends the threads; weights are shared by all instances of a class and stay. The model cannot run afterwards.
    @Override
    void close();
}

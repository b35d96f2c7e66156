package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.weights.LlamaCheckpoint;
import dev.skive.frontend.weights.Npz;
import dev.skive.frontend.weights.Safetensors;
import dev.skive.ir.data.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// What a file of weights is, as its ending says.
enum WeightFormat {
    SAFETENSORS(".safetensors"),
    NPZ(".npz"),
    LLAMA(".bin");

    private final String ending;

    WeightFormat(String ending) {
        this.ending = ending;
    }

    /// The format of a file with this name.
    static Optional<WeightFormat> of(String file) {
        return Arrays.stream(values()).filter(format -> file.endsWith(format.ending)).findFirst();
    }

    /// The tensors of a file.
    ///
    /// @throws dev.skive.ir.SkiveException when it is missing or damaged
    ImmutableMap<String, TensorData> read(Path path, Limits limits) {
        return switch (this) {
            case SAFETENSORS -> Safetensors.read(path).tensors();
            case NPZ -> Npz.read(path, limits.of(Limit.MEMORY_BYTES));
            case LLAMA -> LlamaCheckpoint.read(path).tensors();
        };
    }
}

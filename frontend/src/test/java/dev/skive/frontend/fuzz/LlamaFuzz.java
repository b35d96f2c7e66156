package dev.skive.frontend.fuzz;

import dev.skive.frontend.weights.LlamaCheckpoint;
import dev.skive.ir.SkiveException;
import java.lang.foreign.MemorySegment;

/// Reads a checkpoint of llama2.c.
public final class LlamaFuzz {
    private LlamaFuzz() {}

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            LlamaCheckpoint.read(MemorySegment.ofArray(bytes), "'fuzzed'")
                    .tensors()
                    .values()
                    .forEach(tensor -> tensor.getDouble(tensor.count() - 1));
        } catch (SkiveException expected) {
            Expected.check(expected);
        }
    }
}

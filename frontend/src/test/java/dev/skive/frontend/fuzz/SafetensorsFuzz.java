package dev.skive.frontend.fuzz;

import dev.skive.frontend.weights.Safetensors;
import dev.skive.ir.SkiveException;
import java.lang.foreign.MemorySegment;

/// Reads a safetensors file.
public final class SafetensorsFuzz {
    private SafetensorsFuzz() {}

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            long size =
                    Safetensors.read(MemorySegment.ofArray(bytes), "'fuzzed'").tensors().values().stream()
                            .mapToLong(tensor -> tensor.bytes().byteSize())
                            .sum();
            if (size > bytes.length) {
                throw new AssertionError("tensors of %d bytes in a file of %d".formatted(size, bytes.length));
            }
        } catch (SkiveException expected) {
            Expected.check(expected);
        }
    }
}

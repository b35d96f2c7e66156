package dev.skive.frontend.fuzz;

import dev.skive.frontend.onnx.Diagnostics;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.SkiveException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Imports a model.
public final class OnnxFuzz {
    /// Tight, so that a limit that does not hold shows up as too little memory.
    static final Limits LIMITS =
            Limits.DEFAULT
                    .with(Limit.MEMORY_BYTES, 1 << 22)
                    .with(Limit.TENSOR_BYTES, 1 << 22)
                    .with(Limit.NODES, 10_000)
                    .with(Limit.FIELDS, 200_000);

    private static final OnnxImporter IMPORTER =
            new OnnxImporter(ImportOptions.DEFAULT.withLimits(LIMITS), Diagnostics.silent());

    private OnnxFuzz() {}

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            IMPORTER.read(MemorySegment.ofArray(bytes), Path.of("folder", "model.onnx"));
        } catch (SkiveException expected) {
            Expected.check(expected);
        }
    }
}

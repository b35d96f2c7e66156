package dev.skive.cli.model;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.vector.VectorSupport;

/// The processors that weights can be packed for.
public enum VectorWidth {
    /// x86 with 512-bit vectors.
    AVX512,
    /// x86 with 256-bit vectors.
    AVX2,
    /// ARM with 128-bit vectors.
    NEON,
    /// The processor of this machine.
    NATIVE;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /// Floats in a vector.
    ///
    /// @throws SkiveException when this JVM cannot tell
    public int floatLanes() {
        return switch (this) {
            case AVX512 -> 16;
            case AVX2 -> 8;
            case NEON -> 4;
            case NATIVE -> nativeLanes();
        };
    }

    private static int nativeLanes() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "--target native needs a JVM started with --add-modules jdk.incubator.vector; name the target instead");
        }
        return Math.clamp(VectorSupport.floatBits() / Float.SIZE, 4, 16);
    }
}

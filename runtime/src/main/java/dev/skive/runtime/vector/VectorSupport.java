package dev.skive.runtime.vector;

import jdk.incubator.vector.FloatVector;

/// What the Vector API says about the processor. Loads only where module `jdk.incubator.vector` is present.
public final class VectorSupport {
    private VectorSupport() {}

    /// The preferred size of a float vector in bits.
    public static int floatBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
}

package dev.skive.runtime;

import dev.skive.runtime.vector.VectorSupport;
import java.util.Optional;

/// What decides whether the Vector API is fast in a JVM: without C2 it is some hundred times slower than plain loops.
///
/// @param name the system property `java.vm.name`
/// @param mode the system property `java.vm.info`, which tells interpreter and C1 from C2
/// @param architecture the system property `os.arch`
/// @param vectorBits preferred vector size for floats, 0 when the Vector API is not there
record VirtualMachine(String name, String mode, String architecture, int vectorBits) {
    static final String VECTOR_OPTION = "--add-modules jdk.incubator.vector";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /// The JVM this runs in. Touches the Vector API only when its module is there.
    static VirtualMachine current() {
        return new VirtualMachine(
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.info", ""),
                System.getProperty("os.arch", ""),
                hasVectorModule() ? VectorSupport.floatBits() : 0);
    }

    /// True when this JVM was started with the Vector API.
    static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /// Why vector kernels would be slow or impossible here, and what to do about it; empty when they are fine.
    Optional<String> vectorObstacle() {
        if (!isHotSpot()) {
            return Optional.of(name + " does not compile the Vector API; a HotSpot JVM does");
        }
        if (mode.contains("interpreted mode")) {
            return Optional.of("the JVM only interprets; start it without -Xint for vector kernels");
        }
        if (mode.contains("emulated-client")) {
            return Optional.of("the JVM runs without C2; start it without -XX:TieredStopAtLevel for vector kernels");
        }
        if (vectorBits == 0) {
            return Optional.of("start the JVM with " + VECTOR_OPTION + " for the faster vector kernels");
        }
        if (vectorBits < 128 || (vectorBits < 256 && !architecture.equals("aarch64"))) {
            return Optional.of("this processor has only %d-bit vectors".formatted(vectorBits));
        }
        return Optional.empty();
    }

    private boolean isHotSpot() {
        return name.contains("OpenJDK") || name.contains("HotSpot");
    }
}

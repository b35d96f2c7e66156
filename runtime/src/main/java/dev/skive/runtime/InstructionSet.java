package dev.skive.runtime;

import java.util.Optional;

/// Which kernels a model uses.
public enum InstructionSet {
    /// Vector kernels where this JVM runs them fast, else scalar kernels.
    AUTO,
    /// Kernels on the Vector API; they need `--add-modules jdk.incubator.vector`.
    VECTOR,
    /// Plain Java, on any JVM.
    SCALAR;

    /// The kernels that will be used: `VECTOR` or `SCALAR`, never `AUTO`. The first time that `AUTO` becomes `SCALAR`,
    /// one line in the log says why and what would make the model faster.
    ///
    /// @throws IllegalStateException when the vector kernels were asked for and the module they need is not there
    public InstructionSet resolve() {
        return switch (this) {
            case AUTO -> Automatic.CHOICE;
            case VECTOR -> {
                if (!VirtualMachine.hasVectorModule()) {
                    throw new IllegalStateException(
                            "vector kernels need the JVM option " + VirtualMachine.VECTOR_OPTION);
                }
                yield VECTOR;
            }
            case SCALAR -> SCALAR;
        };
    }

    /// The choice for this JVM, made once.
    private static final class Automatic {
        private static final InstructionSet CHOICE = choose(VirtualMachine.current().vectorObstacle());

        private static InstructionSet choose(Optional<String> obstacle) {
            obstacle.ifPresent(reason ->
                    System.getLogger("dev.skive.runtime")
                            .log(System.Logger.Level.WARNING, "Skive uses scalar kernels: " + reason));
            return obstacle.isPresent() ? SCALAR : VECTOR;
        }
    }
}

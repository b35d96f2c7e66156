package dev.skive.cli.engine;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.InstructionSet;
import java.util.Locale;

/// The engines that can be named on the command line.
public enum EngineKind {
    /// Compiled, on the Vector API where that is fast.
    AUTO,
    /// Compiled, on the Vector API.
    VECTOR,
    /// Compiled, in plain Java.
    SCALAR,
    /// Operator by operator, slowly.
    INTERPRETER,
    /// ONNX Runtime.
    ORT;

    /// The kernels of a compiled engine.
    ///
    /// @throws SkiveException when this is no compiled engine
    public InstructionSet instructionSet() {
        return switch (this) {
            case AUTO -> InstructionSet.AUTO;
            case VECTOR -> InstructionSet.VECTOR;
            case SCALAR -> InstructionSet.SCALAR;
            case INTERPRETER, ORT ->
                    throw new SkiveException(
                            ExitCode.USAGE,
                            "a compiled model runs on vector or scalar kernels, not on '%s'".formatted(this));
        };
    }

    /// As on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

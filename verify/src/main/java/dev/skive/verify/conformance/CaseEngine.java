package dev.skive.verify.conformance;

import dev.skive.runtime.InstructionSet;
import java.util.Locale;

/// What can run a case.
public enum CaseEngine {
    /// Compiled, on the Vector API.
    VECTOR,
    /// Compiled, in plain Java.
    SCALAR,
    /// The interpreter.
    INTERPRETER;

    /// The kernels of a compiled engine.
    InstructionSet instructionSet() {
        return switch (this) {
            case VECTOR -> InstructionSet.VECTOR;
            case SCALAR -> InstructionSet.SCALAR;
            case INTERPRETER -> throw new AssertionError("the interpreter has no kernels");
        };
    }

    /// As on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.skive.ir.eval;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// Checks indices that are data.
public final class IndexError {
    private IndexError() {}

    /// The index counted from the front.
    ///
    /// @throws SkiveException when it is outside `[-size, size)`
    public static int checked(long index, int size) {
        if (index < -size || index >= size) {
            throw new SkiveException(ExitCode.USAGE, "index %d is outside [-%d, %d)".formatted(index, size, size));
        }
        return (int) (index < 0 ? index + size : index);
    }
}

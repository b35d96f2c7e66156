package dev.skive.frontend.fuzz;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// What a refusal must look like.
final class Expected {
    private Expected() {}

    /// Checks that the exception blames the file, in words.
    static void check(SkiveException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.length() < 8 || refusal.code() == ExitCode.INTERNAL) {
            throw new AssertionError("not a message for a user: " + refusal.code() + " " + message, refusal);
        }
    }
}

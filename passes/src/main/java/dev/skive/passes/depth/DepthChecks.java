package dev.skive.passes.depth;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.Pass;

/// Checks of options against the network they are for.
final class DepthChecks {
    private DepthChecks() {}

    /// @throws SkiveException when there are not so many
    static void requireAtMost(Pass pass, int count, int there, String what) {
        if (count > there) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "pass '%s' is to drop %d %s, but the stream has %d".formatted(pass.name(), count, what, there));
        }
    }

    /// @throws SkiveException when nothing would be left
    static void requireFewer(Pass pass, int count, int there, String what) {
        if (count >= there) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "pass '%s' is to drop %d %s, but the stream has %d and one must stay"
                            .formatted(pass.name(), count, what, there));
        }
    }
}

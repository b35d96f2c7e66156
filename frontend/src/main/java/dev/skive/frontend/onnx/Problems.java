package dev.skive.frontend.onnx;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Errors found so far, so that a user sees all of them at once.
final class Problems {
    private static final int SHOWN = 20;

    private final List<SkiveException> found = new ArrayList<>();

    /// Notes an error of an invalid model; errors of another kind (a missing file, a refusal) are thrown on.
    void add(SkiveException error) {
        if (error.code() != ExitCode.INVALID_MODEL) {
            throw error;
        }
        found.add(error);
    }

    /// Throws what was found, if anything was.
    void throwIfAny() {
        if (found.size() == 1) {
            throw found.getFirst();
        }
        if (!found.isEmpty()) {
            String listed =
                    found.stream()
                            .limit(SHOWN)
                            .map(SkiveException::getMessage)
                            .collect(Collectors.joining("\n  ", found.size() + " problems:\n  ", ""));
            String more = found.size() > SHOWN ? "\n  and %d more".formatted(found.size() - SHOWN) : "";
            throw new SkiveException(ExitCode.INVALID_MODEL, listed + more);
        }
    }
}

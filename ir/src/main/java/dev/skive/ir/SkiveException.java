package dev.skive.ir;

import dev.skive.ir.graph.Origin;
import java.util.Objects;
import java.util.Optional;

/// The one exception for bad input: what was expected, what was found and what to do, in words a user can act on.
/// A broken invariant of Skive itself is an [AssertionError] instead.
public final class SkiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final transient Optional<Origin> origin;

    private SkiveException(
            ExitCode code,
            Optional<Origin> origin,
            String message,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.origin = origin;
    }

    /// An error that no single node is responsible for.
    public SkiveException(ExitCode code, String message) {
        this(code, Optional.empty(), message, null);
    }

    /// An error caused by another, with a message that stands on its own.
    public SkiveException(ExitCode code, String message, Throwable cause) {
        this(code, Optional.empty(), message, cause);
    }

    /// An error at the nodes of `origin`; the message is prefixed with their names.
    public SkiveException(ExitCode code, Origin origin, String message) {
        this(code, Optional.of(origin), origin + ": " + message, null);
    }

    /// What went wrong, in words; never null.
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /// The kind of failure.
    public ExitCode code() {
        return code;
    }

    /// The nodes the error is about, when it is about nodes.
    public Optional<Origin> origin() {
        return origin;
    }
}

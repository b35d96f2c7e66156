package dev.skive.ir.type;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An operator does not accept its operands. The graph builder turns it into a `SkiveException` that names the node.
public final class TypeError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A type error in words.
    public TypeError(String message) {
        super(message);
    }

    /// What went wrong, in words; never null.
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /// Throws unless `accepted`.
    @FormatMethod
    public static void check(boolean accepted, @FormatString String format, @Nullable Object... arguments) {
        if (!accepted) {
            throw new TypeError(String.format(Locale.ROOT, format, arguments));
        }
    }
}

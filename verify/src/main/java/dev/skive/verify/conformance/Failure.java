package dev.skive.verify.conformance;

import com.google.common.base.Splitter;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.verify.conformance.CaseResult.Status;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Why a case did not pass, from what was thrown.
///
/// @param status unsupported when the model was refused because of something that is known not to work
/// @param reason the reason in words
record Failure(Status status, String reason) {
    /// How messages say that something is known not to work; any other refusal of a valid model is a defect.
    private static final Pattern UNSUPPORTED =
            Pattern.compile(
                    "not supported|unsupported|only [a-z ]+ supported|\\byet\\b|generated code cannot|(be|needs an?|not) constant|known before a run|is not known");

    private static final int LONGEST_REASON = 600;
    private static final int SHOWN_LINES = 3;

    static Failure of(Throwable thrown, ConformanceOptions options) {
        return switch (thrown) {
            case TimeoutException _ ->
                    new Failure(
                            Status.FAILED, "timeout: not done within %d ms".formatted(options.timeLimit().toMillis()));
            case SkiveException refusal when isUnsupported(refusal) ->
                    new Failure(Status.UNSUPPORTED, shortened(message(refusal)));
            case SkiveException refusal -> new Failure(Status.FAILED, shortened(message(refusal)));
            default -> new Failure(Status.FAILED, shortened(described(thrown)));
        };
    }

    private static boolean isUnsupported(SkiveException refusal) {
        return refusal.code() == ExitCode.INVALID_MODEL && UNSUPPORTED.matcher(message(refusal)).find();
    }

    private static String message(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    private static String described(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String text = thrown.getMessage() == null ? type : type + ": " + firstLines(thrown.getMessage());
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length == 0 ? text : "%s (at %s)".formatted(text, stack[0]);
    }

    private static String firstLines(String text) {
        List<String> lines = Splitter.on('\n').omitEmptyStrings().splitToList(text);
        return String.join(" | ", lines.subList(0, Math.min(lines.size(), SHOWN_LINES)));
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " | ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + " ...";
    }
}

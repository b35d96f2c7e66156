package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/// What became of a case.
///
/// @param name the case
/// @param status passed, failed or unsupported
/// @param reason why it failed or is not supported; of a passed case, what was not compared
/// @param maxUlp most steps of their format between two real elements of an output
/// @param operators operators of the model that are not supported
/// @param milliseconds time it took
public record CaseResult(
        String name, Status status, String reason, long maxUlp, ImmutableList<String> operators, long milliseconds) {
    /// How a case can end, best first.
    public enum Status {
        PASSED,
        UNSUPPORTED,
        FAILED;

        /// As in reports.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

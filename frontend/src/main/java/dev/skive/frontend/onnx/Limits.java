package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Map;
import java.util.Optional;

/// How much of an untrusted model is read before it is refused.
///
/// @param chosen the limits that differ from their defaults
public record Limits(ImmutableMap<Limit, Long> chosen) {
    /// Generous enough for every model known to us.
    public static final Limits DEFAULT = new Limits(ImmutableMap.of());

    /// The value of a limit.
    public long of(Limit limit) {
        return Optional.ofNullable(chosen.get(limit)).orElse(limit.safe());
    }

    /// These limits with another value for one.
    public Limits with(Limit limit, long value) {
        Map<Limit, Long> changed = Maps.newEnumMap(Limit.class);
        changed.putAll(chosen);
        changed.put(limit, value);
        return new Limits(Maps.immutableEnumMap(changed));
    }

    /// Refuses more than a limit allows.
    ///
    /// @param found how much there is
    /// @param subject who has it, for the message
    /// @throws SkiveException when `found` exceeds the limit
    public void require(Limit limit, long found, String subject) {
        if (found > of(limit)) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "%s: %s exceed the limit of %d %s; if you trust the model, raise it with %s"
                            .formatted(
                                    subject,
                                    found == Long.MAX_VALUE ? "too many to count" : found,
                                    of(limit),
                                    limit.description(),
                                    limit.flag()));
        }
    }
}

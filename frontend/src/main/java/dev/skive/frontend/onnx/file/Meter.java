package dev.skive.frontend.onnx.file;

import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import java.util.EnumMap;
import java.util.Map;

/// Counts what the parts of a model take together, and refuses more than its limits allow.
public final class Meter {
    private final Limits limits;
    private final Map<Limit, Long> taken = new EnumMap<>(Limit.class);

    /// A meter at zero.
    public Meter(Limits limits) {
        this.limits = limits;
    }

    /// The limits that hold.
    public Limits limits() {
        return limits;
    }

    /// Counts `amount` more towards a limit.
    ///
    /// @param subject who takes it, for the message
    /// @throws dev.skive.ir.SkiveException when all that was taken exceeds the limit
    public void take(Limit limit, long amount, String subject) {
        long before = taken.getOrDefault(limit, 0L);
        long total = amount > Long.MAX_VALUE - before ? Long.MAX_VALUE : before + amount;
        limits.require(limit, total, subject);
        taken.put(limit, total);
    }
}

package dev.skive.passes.rule;

/// Why a rule does not apply to a match: something that its conditions or its replacement need is not known, or does not
/// exist. It is thrown for every match that fails so, and therefore has no stack trace.
public final class Inapplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A reason in words.
    public Inapplicable(String reason) {
        super(reason, null, false, false);
    }
}

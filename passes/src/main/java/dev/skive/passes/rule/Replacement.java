package dev.skive.passes.rule;

import dev.skive.ir.graph.Value;

/// What a rule puts in the place of a match.
@FunctionalInterface
public interface Replacement {
    /// The replacement, built from the match's values after mapping them with [Emitter#map].
    Value build(Match match, Emitter emitter);

    /// One of the bound values.
    static Replacement by(String name) {
        return (match, emitter) -> emitter.map(match.value(name));
    }
}

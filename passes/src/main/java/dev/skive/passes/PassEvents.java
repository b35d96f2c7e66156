package dev.skive.passes;

import dev.skive.ir.graph.Origin;
import dev.skive.passes.rule.Firing;

/// Hears what happens while passes run. Every method may be ignored.
public interface PassEvents {
    /// Hears nothing.
    PassEvents IGNORED = new PassEvents() {};

    /// A pass has something to say.
    default void diagnostic(Diagnostic diagnostic) {}

    /// A rule rewrote the nodes of `origin`.
    default void fired(String rule, Origin origin) {}

    /// A rule rewrote something; whoever does not want the details hears of it as [#fired].
    default void rewrote(Firing firing) {
        fired(firing.rule(), firing.origin());
    }

    /// Part of a long pass is done.
    default void progress(long done, long total) {}
}

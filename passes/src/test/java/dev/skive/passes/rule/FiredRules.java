package dev.skive.passes.rule;

import dev.skive.ir.graph.Origin;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import java.util.ArrayList;
import java.util.List;

/// Remembers which rules fired and what was said.
public final class FiredRules implements PassEvents {
    private final List<String> names = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    @Override
    public void fired(String rule, Origin origin) {
        names.add(rule);
        origins.add(origin);
    }

    @Override
    public void diagnostic(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    /// The rules in the order they fired.
    public List<String> names() {
        return names;
    }

    /// Where they fired.
    public List<Origin> origins() {
        return origins;
    }

    /// What passes said, as text.
    public List<String> said() {
        return diagnostics.stream().map(Diagnostic::toString).toList();
    }

    /// A context that reports here.
    public PassContext context() {
        return new PassContext(0, this);
    }
}

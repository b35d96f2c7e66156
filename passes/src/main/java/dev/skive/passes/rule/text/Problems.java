package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableCollection;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.TextProblem;
import dev.skive.grammar.tree.Position;
import dev.skive.passes.Nearest;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a rule file, collected so that all of it is reported at once.
final class Problems {
    private final SourceText source;
    private final List<TextProblem> found = new ArrayList<>();

    Problems(SourceText source) {
        this.source = source;
    }

    /// Remembers a problem and goes on.
    void add(Position position, String problem) {
        found.add(new TextProblem(source, position, problem));
    }

    /// Remembers that a name means nothing.
    void unknown(Position position, String what, String name, ImmutableCollection<String> known) {
        add(position, "unknown %s '%s'%s".formatted(what, name, Nearest.suggestion(name, known)));
    }

    /// Remembers the problems of others.
    void addAll(Problems others) {
        found.addAll(others.found);
    }

    /// True when there is none yet.
    boolean isEmpty() {
        return found.isEmpty();
    }

    /// @throws TextError when there are problems
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new TextError(found);
        }
    }
}

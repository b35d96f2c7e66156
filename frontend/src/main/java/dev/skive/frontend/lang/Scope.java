package dev.skive.frontend.lang;

import dev.skive.ir.type.Dim;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that hold at a place of a text: those of values and numbers, and apart from them those of sizes, which may be
/// the same.
final class Scope {
    /// What makes something from outside of a closure known within.
    @FunctionalInterface
    interface Capture {
        /// Nothing has to be done.
        Capture NONE = (name, meaning) -> meaning;

        /// What is known within for a meaning outside.
        Meaning take(String name, Meaning meaning);
    }

    private final Optional<Scope> outer;
    private final boolean isRound;
    private final Capture entering;
    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<String, Dim> sizes = new LinkedHashMap<>();

    private Scope(Optional<Scope> outer, boolean isRound, Capture entering) {
        this.outer = outer;
        this.isRound = isRound;
        this.entering = entering;
    }

    /// The names of a file.
    static Scope ofFile() {
        return new Scope(Optional.empty(), false, Capture.NONE);
    }

    /// The names within a function or a graph.
    Scope inside() {
        return new Scope(Optional.of(this), false, Capture.NONE);
    }

    /// The names within a round of a repetition: new ones end with the round, others can be assigned anew.
    Scope round() {
        return new Scope(Optional.of(this), true, Capture.NONE);
    }

    /// The names within a closure.
    ///
    /// @param capture what takes a value from outside into the closure
    Scope closure(Capture capture) {
        return new Scope(Optional.of(this), false, capture);
    }

    /// What a name means as a value or a number.
    Optional<Meaning> meaning(String name) {
        Meaning mine = meanings.get(name);
        if (mine != null) {
            return Optional.of(mine);
        }
        return outer.flatMap(scope -> scope.meaning(name)).map(meaning -> entering.take(name, meaning));
    }

    /// True when a name means something known when the text is read. Other than asking for its meaning, this takes nothing
    /// into a closure.
    boolean isKnown(String name) {
        Meaning mine = meanings.get(name);
        return mine == null ? outer.isPresent() && outer.get().isKnown(name) : mine instanceof Meaning.Known;
    }

    /// The size with this name.
    Optional<Dim> size(String name) {
        return Optional.ofNullable(sizes.get(name)).or(() -> outer.flatMap(scope -> scope.size(name)));
    }

    /// Whether this scope itself, and not one around it, gives a size this name.
    boolean definesSize(String name) {
        return sizes.containsKey(name);
    }

    /// Gives a name a meaning here.
    void define(String name, Meaning meaning) {
        meanings.put(name, meaning);
    }

    /// Gives a name a meaning; within a repetition, where the name has one already.
    void assign(String name, Meaning meaning) {
        if (isRound && !meanings.containsKey(name) && outer.isPresent() && outer.get().holds(name)) {
            outer.get().assign(name, meaning);
        } else {
            meanings.put(name, meaning);
        }
    }

    private boolean holds(String name) {
        return meanings.containsKey(name) || (isRound && outer.isPresent() && outer.get().holds(name));
    }

    /// Gives a name a size.
    void defineSize(String name, Dim size) {
        sizes.put(name, size);
    }

    /// All names of values and numbers.
    Set<String> names() {
        var names = new LinkedHashSet<>(meanings.keySet());
        outer.ifPresent(scope -> names.addAll(scope.names()));
        return names;
    }

    /// All names of sizes.
    Set<String> sizeNames() {
        var names = new LinkedHashSet<>(sizes.keySet());
        outer.ifPresent(scope -> names.addAll(scope.sizeNames()));
        return names;
    }
}

package dev.skive.frontend.lang;

import com.google.common.base.Ascii;
import com.google.common.base.CaseFormat;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The names of values at a place of a text: each is given once.
final class ValueNames {
    private static final CharMatcher LETTERS =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.is('_'));

    /// Names with a meaning of their own.
    private static final ImmutableSet<String> TAKEN =
            Stream.concat(
                            Arrays.stream(ElementType.values()).map(ElementType::text),
                            Stream.of("weight", "floor", "max", "min", "broadcast", "seq", "optional", "true", "false"))
                    .collect(ImmutableSet.toImmutableSet());

    private final Set<String> taken;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Value, String> names = new HashMap<>();

    /// No names yet.
    ///
    /// @param reserved names that mean something else
    ValueNames(Set<String> reserved) {
        this.taken = new HashSet<>(reserved);
    }

    /// Names for a place within this one, which sees none of its values but must not hide them.
    ValueNames within() {
        return new ValueNames(taken);
    }

    /// The name of a value, when it has one.
    Optional<String> of(Value value) {
        return Optional.ofNullable(names.get(value));
    }

    /// Gives a value a name like the wish.
    String give(Value value, String wish) {
        String name = unique(wish);
        names.put(value, name);
        return name;
    }

    /// Gives a value exactly this name, unless it is taken or no name.
    boolean giveExactly(Value value, String name) {
        boolean isFree = NameText.isName(name) && !TAKEN.contains(name) && taken.add(name);
        if (isFree) {
            names.put(value, name);
        }
        return isFree;
    }

    /// A name like the wish that is not given yet.
    String unique(String wish) {
        String base = identifier(wish);
        String name = base;
        while (TAKEN.contains(name) || !NameText.isName(name) || !taken.add(name)) {
            name = base + "_" + counts.merge(base, 2, (count, two) -> count + 1);
        }
        return name;
    }

    /// Lower-case letters, digits and underscores; not beginning with a digit.
    static String identifier(String wish) {
        String lower = Ascii.toLowerCase(CharMatcher.anyOf(".-/: ").replaceFrom(wish, '_'));
        String plain = CharMatcher.is('_').trimAndCollapseFrom(LETTERS.retainFrom(lower), '_');
        if (plain.isEmpty()) {
            return "x";
        }
        return Character.isDigit(plain.charAt(0)) ? "x" + plain : plain;
    }

    /// `LayerNorm` as `layer_norm`.
    static String ofOperator(String name) {
        return CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, name);
    }
}

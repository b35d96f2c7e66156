package dev.skive.ir.type;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/// A product of atoms. Ordered by degree, then by its atoms, so that the constant term of a size comes first.
///
/// @param atoms the factors in order, repeated for powers
public record Monomial(ImmutableList<Atom> atoms) implements Comparable<Monomial> {
    /// The empty product.
    static final Monomial UNIT = new Monomial(ImmutableList.of());

    private static final Comparator<Monomial> ORDER =
            Comparator.comparingInt((Monomial monomial) -> monomial.atoms.size())
                    .thenComparing(Monomial::atoms, Comparators.lexicographical(Comparator.<Atom>naturalOrder()));

    static Monomial of(Atom atom) {
        return new Monomial(ImmutableList.of(atom));
    }

    Monomial times(Monomial other) {
        return new Monomial(
                Ordering.natural().immutableSortedCopy(com.google.common.collect.Iterables.concat(atoms, other.atoms)));
    }

    /// The quotient, when every factor of `divisor` is a factor of this.
    Optional<Monomial> divide(Monomial divisor) {
        var rest = new ArrayList<>(atoms);
        for (Atom atom : divisor.atoms) {
            if (!rest.remove(atom)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Monomial(ImmutableList.copyOf(rest)));
    }

    Optional<Atom> single() {
        return atoms.size() == 1 ? Optional.of(atoms.getFirst()) : Optional.empty();
    }

    @Override
    public int compareTo(Monomial other) {
        return ORDER.compare(this, other);
    }
}

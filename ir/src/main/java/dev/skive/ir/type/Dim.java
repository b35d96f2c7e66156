package dev.skive.ir.type;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Ordering;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The size of an axis: a polynomial with integer coefficients over symbols, in canonical form, so that equal sizes
/// compare equal (`2*batch + batch` is `3*batch`). What a polynomial cannot say (rounded division, minimum, maximum,
/// run-time broadcasting) is an opaque [Atom] over canonical sizes. Symbols stand for sizes that are never negative.
/// A size that becomes too long an expression is refused with a [SkiveException].
public final class Dim {
    /// The size 0.
    public static final Dim ZERO = new Dim(ImmutableSortedMap.of());

    /// The size 1.
    public static final Dim ONE = of(1);

    /// Symbols and operations in one size, far beyond those of any real model: sizes are compared by their text, and a
    /// hostile model could double it with every node.
    static final int MAXIMUM_PARTS = 2048;

    /// Opaque expressions within each other, each of which takes some of the Java stack.
    static final int MAXIMUM_DEPTH = 64;

    private final ImmutableSortedMap<Monomial, Long> terms;
    private final int parts;
    private final int depth;

    private Dim(SortedMap<Monomial, Long> terms) {
        this.terms = ImmutableSortedMap.copyOf(terms, Ordering.natural());
        int all = terms.size();
        int deepest = 0;
        for (Monomial monomial : terms.keySet()) {
            for (Atom atom : monomial.atoms()) {
                all += atom.operands().mapToInt(operand -> operand.parts).sum() + 1;
                deepest = Math.max(deepest, atom.operands().mapToInt(operand -> operand.depth + 1).max().orElse(0));
            }
        }
        this.parts = all;
        this.depth = deepest;
        if (parts > MAXIMUM_PARTS || depth > MAXIMUM_DEPTH) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "the size of an axis became an expression of more than %d parts or %d levels; give the inputs fixed sizes"
                            .formatted(MAXIMUM_PARTS, MAXIMUM_DEPTH));
        }
    }

    /// A known size.
    public static Dim of(long size) {
        return new Dim(term(Monomial.UNIT, size));
    }

    /// A size known only at run time, by name.
    public static Dim symbol(String name) {
        return ofAtom(new Atom.Symbol(name));
    }

    private static Dim ofAtom(Atom atom) {
        return new Dim(term(Monomial.of(atom), 1));
    }

    private static ImmutableSortedMap<Monomial, Long> term(Monomial monomial, long coefficient) {
        return coefficient == 0 ? ImmutableSortedMap.of() : ImmutableSortedMap.of(monomial, coefficient);
    }

    /// The terms of the polynomial, in canonical order.
    public ImmutableSortedMap<Monomial, Long> terms() {
        return terms;
    }

    private ImmutableList<Long> coefficients() {
        return terms.values().asList();
    }

    /// True when the size is a number.
    public boolean isKnown() {
        return terms.isEmpty() || (terms.size() == 1 && terms.firstKey().atoms().isEmpty());
    }

    /// True when this is the known size `size`.
    public boolean is(long size) {
        return isKnown() && known() == size;
    }

    /// The number this size is.
    ///
    /// @throws IllegalStateException when it is symbolic
    public long known() {
        return ifKnown().orElseThrow(() -> new IllegalStateException("size " + this + " is symbolic"));
    }

    /// The number this size is, or empty when it is symbolic.
    public OptionalLong ifKnown() {
        if (terms.isEmpty()) {
            return OptionalLong.of(0);
        }
        return isKnown() ? OptionalLong.of(coefficients().getFirst()) : OptionalLong.empty();
    }

    /// The sum.
    public Dim plus(Dim other) {
        var sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient));
        return new Dim(sum);
    }

    /// The sum with a number.
    public Dim plus(long other) {
        return plus(of(other));
    }

    /// The difference.
    public Dim minus(Dim other) {
        return plus(other.times(-1));
    }

    /// The product with a number.
    public Dim times(long factor) {
        return times(of(factor));
    }

    /// The product.
    public Dim times(Dim other) {
        var product = new TreeMap<Monomial, Long>();
        terms.forEach((a, x) ->
                other.terms.forEach((b, y) -> add(product, a.times(b), Math.multiplyExact((long) x, (long) y))));
        return new Dim(product);
    }

    private static void add(Map<Monomial, Long> terms, Monomial monomial, long coefficient) {
        terms.merge(monomial, coefficient, Math::addExact);
        terms.remove(monomial, 0L);
    }

    /// The quotient when the division is known to leave no remainder, whatever the symbols are. Long division: each step
    /// cancels the leading monomial, and their order has no infinite descent.
    public Optional<Dim> divideExactly(Dim divisor) {
        if (divisor.terms.isEmpty()) {
            return Optional.empty();
        }
        if (equals(divisor)) {
            return Optional.of(ONE);
        }
        var rest = this;
        var quotient = ZERO;
        Monomial lead = divisor.terms.lastKey();
        long leadCoefficient = divisor.coefficients().getLast();
        while (!rest.terms.isEmpty()) {
            Optional<Monomial> monomial = rest.terms.lastKey().divide(lead);
            long coefficient = rest.coefficients().getLast();
            if (monomial.isEmpty() || coefficient % leadCoefficient != 0) {
                return Optional.empty();
            }
            var part = new Dim(term(monomial.get(), coefficient / leadCoefficient));
            quotient = quotient.plus(part);
            rest = rest.minus(part.times(divisor));
        }
        return Optional.of(quotient);
    }

    /// The quotient rounded towards negative infinity.
    public Dim floorDivide(Dim divisor) {
        if (divisor.isKnown() && isKnown() && divisor.known() != 0) {
            return of(Math.floorDiv(known(), divisor.known()));
        }
        return divideExactly(divisor).orElseGet(() -> ofAtom(new Atom.Quotient(this, divisor)));
    }

    /// The quotient rounded towards negative infinity.
    public Dim floorDivide(long divisor) {
        return floorDivide(of(divisor));
    }

    /// The quotient rounded towards positive infinity.
    public Dim ceilDivide(long divisor) {
        return plus(divisor - 1).floorDivide(divisor);
    }

    /// The larger of two sizes.
    public Dim max(Dim other) {
        OptionalLong difference = minus(other).ifKnown();
        if (difference.isPresent()) {
            return difference.getAsLong() >= 0 ? this : other;
        }
        if (isMaximumWith(other)) {
            return this;
        }
        return other.isMaximumWith(this) ? other : ofAtom(Atom.Maximum.of(this, other));
    }

    /// The smaller of two sizes.
    public Dim min(Dim other) {
        OptionalLong difference = minus(other).ifKnown();
        if (difference.isPresent()) {
            return difference.getAsLong() <= 0 ? this : other;
        }
        if (isMinimumWith(other)) {
            return this;
        }
        return other.isMinimumWith(this) ? other : ofAtom(Atom.Minimum.of(this, other));
    }

    /// The size two axes broadcast to. A symbol beside a known size other than 1 takes that size, and `min(a, b)` beside
    /// `a` takes `a`: any other value could not run, except an empty axis beside one of size 1, which is refused at run
    /// time. What is left open is decided at run time.
    public static Dim broadcast(Dim a, Dim b) {
        if (a.equals(b) || b.is(1)) {
            return a;
        }
        if (a.is(1)) {
            return b;
        }
        if (a.isKnown() || b.isMinimumWith(a)) {
            return a;
        }
        if (b.isKnown() || a.isMinimumWith(b)) {
            return b;
        }
        return ofAtom(Atom.Broadcast.of(a, b));
    }

    private boolean isMaximumWith(Dim other) {
        return asAtom().filter(atom ->
                        atom instanceof Atom.Maximum(Dim left, Dim right)
                                && (left.equals(other) || right.equals(other)))
                .isPresent();
    }

    private boolean isMinimumWith(Dim other) {
        return asAtom().filter(atom ->
                        atom instanceof Atom.Minimum(Dim left, Dim right)
                                && (left.equals(other) || right.equals(other)))
                .isPresent();
    }

    /// True when no values of the symbols make it negative, as far as the signs of its terms tell.
    public boolean isNeverNegative() {
        return terms.entrySet().stream()
                .allMatch(
                        term -> term.getValue() > 0 && term.getKey().atoms().stream().allMatch(Atom::isNeverNegative));
    }

    /// True when two axes can never broadcast: both known, different, and neither 1.
    public boolean conflictsWith(Dim other) {
        return isKnown() && other.isKnown() && !equals(other) && !is(1) && !other.is(1);
    }

    /// True when two sizes can never be equal.
    public boolean differsFrom(Dim other) {
        OptionalLong difference = minus(other).ifKnown();
        return difference.isPresent() && difference.getAsLong() != 0;
    }

    /// The atom this size is, when it is a single one with coefficient 1.
    public Optional<Atom> asAtom() {
        return terms.size() == 1 && coefficients().getFirst() == 1 ? terms.firstKey().single() : Optional.empty();
    }

    /// The name when this size is a plain symbol.
    public Optional<String> asSymbol() {
        return asAtom().flatMap(
                        atom -> atom instanceof Atom.Symbol(String name) ? Optional.of(name) : Optional.empty());
    }

    /// Every symbol that occurs, in order.
    public ImmutableSet<String> symbols() {
        return terms.keySet().stream()
                .flatMap(monomial -> monomial.atoms().stream())
                .flatMap(atom -> atom.symbols().stream())
                .sorted()
                .collect(ImmutableSet.toImmutableSet());
    }

    /// This size with symbols replaced; symbols without an entry stay.
    public Dim substitute(Map<String, Dim> bindings) {
        return rebuild(name -> bindings.getOrDefault(name, symbol(name)));
    }

    /// The number this size is when the symbols have these values.
    ///
    /// @throws IllegalStateException when a symbol has no value
    public long evaluate(Map<String, Long> bindings) {
        return rebuild(name ->
                        of(
                                Optional.ofNullable(bindings.get(name))
                                        .orElseThrow(
                                                () -> new IllegalStateException("size " + name + " has no value"))))
                .known();
    }

    private Dim rebuild(Function<String, Dim> symbols) {
        var sum = ZERO;
        for (var term : terms.entrySet()) {
            var product = of(term.getValue());
            for (Atom atom : term.getKey().atoms()) {
                product = product.times(atom.rebuild(symbols));
            }
            sum = sum.plus(product);
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dim dim && terms.equals(dim.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return DimText.print(this);
    }
}

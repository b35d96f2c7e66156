package dev.skive.ir.type;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a size is made of besides numbers. Atoms are ordered by their text, which is different for different atoms.
public sealed interface Atom extends Comparable<Atom> {
    /// Every symbol that occurs.
    ImmutableSet<String> symbols();

    /// The same expression with its symbols mapped, simplified again.
    Dim rebuild(Function<String, Dim> map);

    /// True when no values of the symbols make it negative.
    boolean isNeverNegative();

    /// The sizes it is made of.
    Stream<Dim> operands();

    @Override
    default int compareTo(Atom other) {
        return toString().compareTo(other.toString());
    }

    /// A named size.
    ///
    /// @param name any text; models choose it
    record Symbol(String name) implements Atom {
        private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

        @Override
        public ImmutableSet<String> symbols() {
            return ImmutableSet.of(name);
        }

        @Override
        public Dim rebuild(Function<String, Dim> map) {
            return map.apply(name);
        }

        @Override
        public Stream<Dim> operands() {
            return Stream.empty();
        }

        @Override
        public boolean isNeverNegative() {
            return true;
        }

        /// The name, in quotes when it is not an identifier: models may call a symbol `max(a, b)`.
        @Override
        public String toString() {
            return IDENTIFIER.matcher(name).matches()
                    ? name
                    : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /// A quotient rounded towards negative infinity.
    ///
    /// @param dividend what is divided
    /// @param divisor what it is divided by
    record Quotient(Dim dividend, Dim divisor) implements Atom {
        @Override
        public ImmutableSet<String> symbols() {
            return union(dividend, divisor);
        }

        @Override
        public Dim rebuild(Function<String, Dim> map) {
            return Atom.map(dividend, map).floorDivide(Atom.map(divisor, map));
        }

        @Override
        public Stream<Dim> operands() {
            return Stream.of(dividend, divisor);
        }

        @Override
        public boolean isNeverNegative() {
            return dividend.isNeverNegative() && divisor.isNeverNegative();
        }

        @Override
        public String toString() {
            return "floor(" + dividend + ", " + divisor + ")";
        }
    }

    /// The larger of two sizes.
    ///
    /// @param left the operand that is first by text
    /// @param right the other
    record Maximum(Dim left, Dim right) implements Atom {
        static Maximum of(Dim a, Dim b) {
            return inOrder(a, b) ? new Maximum(a, b) : new Maximum(b, a);
        }

        @Override
        public ImmutableSet<String> symbols() {
            return union(left, right);
        }

        @Override
        public Dim rebuild(Function<String, Dim> map) {
            return Atom.map(left, map).max(Atom.map(right, map));
        }

        @Override
        public Stream<Dim> operands() {
            return Stream.of(left, right);
        }

        @Override
        public boolean isNeverNegative() {
            return left.isNeverNegative() || right.isNeverNegative();
        }

        @Override
        public String toString() {
            return "max(" + left + ", " + right + ")";
        }
    }

    /// The smaller of two sizes.
    ///
    /// @param left the operand that is first by text
    /// @param right the other
    record Minimum(Dim left, Dim right) implements Atom {
        static Minimum of(Dim a, Dim b) {
            return inOrder(a, b) ? new Minimum(a, b) : new Minimum(b, a);
        }

        @Override
        public ImmutableSet<String> symbols() {
            return union(left, right);
        }

        @Override
        public Dim rebuild(Function<String, Dim> map) {
            return Atom.map(left, map).min(Atom.map(right, map));
        }

        @Override
        public Stream<Dim> operands() {
            return Stream.of(left, right);
        }

        @Override
        public boolean isNeverNegative() {
            return left.isNeverNegative() && right.isNeverNegative();
        }

        @Override
        public String toString() {
            return "min(" + left + ", " + right + ")";
        }
    }

    /// The size two axes broadcast to at run time: they are equal or one of them is 1.
    ///
    /// @param left the operand that is first by text
    /// @param right the other
    record Broadcast(Dim left, Dim right) implements Atom {
        static Broadcast of(Dim a, Dim b) {
            return inOrder(a, b) ? new Broadcast(a, b) : new Broadcast(b, a);
        }

        @Override
        public ImmutableSet<String> symbols() {
            return union(left, right);
        }

        @Override
        public Dim rebuild(Function<String, Dim> map) {
            return Dim.broadcast(Atom.map(left, map), Atom.map(right, map));
        }

        @Override
        public Stream<Dim> operands() {
            return Stream.of(left, right);
        }

        @Override
        public boolean isNeverNegative() {
            return left.isNeverNegative() && right.isNeverNegative();
        }

        @Override
        public String toString() {
            return "broadcast(" + left + ", " + right + ")";
        }
    }

    private static boolean inOrder(Dim a, Dim b) {
        return a.toString().compareTo(b.toString()) <= 0;
    }

    private static ImmutableSet<String> union(Dim a, Dim b) {
        return Sets.union(a.symbols(), b.symbols()).immutableCopy();
    }

    private static Dim map(Dim dim, Function<String, Dim> map) {
        var bindings =
                dim.symbols().stream()
                        .collect(com.google.common.collect.ImmutableMap.toImmutableMap(name -> name, map));
        return dim.substitute(bindings);
    }
}

package dev.skive.ir.type;

import java.util.Map;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Random sizes together with what they mean, computed without [Dim].
final class Dims {
    /// A size and the number it stands for under values of its symbols.
    ///
    /// @param dim the size
    /// @param meaning its value, by ordinary arithmetic
    record Meant(Dim dim, ToLongFunction<Map<String, Long>> meaning) {
        @Override
        public String toString() {
            return dim.toString();
        }
    }

    /// An operation on two sizes.
    private enum Operation {
        PLUS,
        MINUS,
        TIMES,
        MAX,
        MIN,
        FLOOR_DIVIDE,
        CEIL_DIVIDE;

        Meant apply(Meant a, Meant b, long divisor) {
            return switch (this) {
                case PLUS -> new Meant(a.dim.plus(b.dim), at -> value(a, at) + value(b, at));
                case MINUS -> new Meant(a.dim.minus(b.dim), at -> value(a, at) - value(b, at));
                case TIMES -> new Meant(a.dim.times(b.dim), at -> value(a, at) * value(b, at));
                case MAX -> new Meant(a.dim.max(b.dim), at -> Math.max(value(a, at), value(b, at)));
                case MIN -> new Meant(a.dim.min(b.dim), at -> Math.min(value(a, at), value(b, at)));
                case FLOOR_DIVIDE -> new Meant(a.dim.floorDivide(divisor), at -> Math.floorDiv(value(a, at), divisor));
                case CEIL_DIVIDE -> new Meant(a.dim.ceilDivide(divisor), at -> Math.ceilDiv(value(a, at), divisor));
            };
        }

        private static long value(Meant meant, Map<String, Long> at) {
            return meant.meaning.applyAsLong(at);
        }
    }

    private Dims() {}

    static Arbitrary<String> symbols() {
        return Arbitraries.of("a", "b", "c");
    }

    static Arbitrary<Map<String, Long>> values() {
        return Combinators.combine(small(), small(), small()).as((a, b, c) -> Map.of("a", a, "b", b, "c", c));
    }

    private static Arbitrary<Long> small() {
        return Arbitraries.longs().between(0, 9);
    }

    /// Sums and products only.
    static Arbitrary<Dim> polynomials() {
        return expressions(3, Arbitraries.of(Operation.PLUS, Operation.MINUS, Operation.TIMES)).map(Meant::dim);
    }

    /// Every operation, nested.
    static Arbitrary<Meant> expressions() {
        return expressions(3, Arbitraries.of(Operation.values()));
    }

    private static Arbitrary<Meant> expressions(int depth, Arbitrary<Operation> operations) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Meant> below = expressions(depth - 1, operations);
        Arbitrary<Meant> applied =
                Combinators.combine(operations, below, below, Arbitraries.longs().between(1, 4)).as(Operation::apply);
        return Arbitraries.oneOf(leaves(), applied, applied);
    }

    private static Arbitrary<Meant> leaves() {
        return Arbitraries.oneOf(
                symbols().map(name -> new Meant(Dim.symbol(name), at -> at.getOrDefault(name, 0L))),
                Arbitraries.longs().between(-3, 5).map(size -> new Meant(Dim.of(size), at -> size)));
    }
}

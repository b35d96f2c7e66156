package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.grammar.tree.Operation;
import dev.skive.ir.type.Dim;
import dev.skive.passes.rule.Attributes;
import dev.skive.passes.rule.Inapplicable;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Arithmetic and comparisons of attributes: whole numbers, sizes, real numbers, and lists of them item by item. What the
/// symbols in sizes leave open is neither true nor false.
final class Numbers {
    private Numbers() {}

    static Attribute of(Dim size) {
        return Attributes.canonical(new Attribute.Size(size));
    }

    static Attribute of(long whole) {
        return new Attribute.Whole(whole);
    }

    static Attribute of(boolean truth) {
        return new Attribute.Truth(truth);
    }

    static Attribute ofSizes(List<Dim> sizes) {
        return new Attribute.Items(sizes.stream().map(Numbers::of).collect(ImmutableList.toImmutableList()));
    }

    static Attribute ofWholes(List<? extends Number> wholes) {
        return new Attribute.Items(
                wholes.stream().map(whole -> of(whole.longValue())).collect(ImmutableList.toImmutableList()));
    }

    static Dim size(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Whole(long whole) -> Dim.of(whole);
            case Attribute.Size(Dim size) -> size;
            default -> throw new Inapplicable("a size is needed, found " + attribute);
        };
    }

    static long whole(Attribute attribute) {
        return size(attribute).ifKnown().orElseThrow(() -> new Inapplicable(size(attribute) + " is not a known size"));
    }

    static double real(Attribute attribute) {
        return attribute instanceof Attribute.Real(double real) ? real : whole(attribute);
    }

    /// The result of an operation between two attributes.
    ///
    /// @throws Inapplicable when it has none
    static Attribute apply(Operation operation, Attribute a, Attribute b) {
        if (a instanceof Attribute.Items || b instanceof Attribute.Items) {
            return itemwise(operation, a, b);
        }
        if (a instanceof Attribute.Real || b instanceof Attribute.Real) {
            return new Attribute.Real(real(operation, real(a), real(b)));
        }
        Dim left = size(a);
        Dim right = size(b);
        return switch (operation) {
            case PLUS -> of(left.plus(right));
            case MINUS -> of(left.minus(right));
            case TIMES -> of(left.times(right));
            case OVER -> quotient(left, right);
            case REST -> of(Math.floorMod(whole(a), nonZero(whole(b))));
            default -> throw new AssertionError(operation);
        };
    }

    private static double real(Operation operation, double a, double b) {
        return switch (operation) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case OVER -> a / b;
            case REST -> a % b;
            default -> throw new AssertionError(operation);
        };
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new Inapplicable("a number is divided by zero");
        }
        return divisor;
    }

    private static Attribute quotient(Dim a, Dim b) {
        var exact = a.divideExactly(b);
        if (exact.isPresent()) {
            return of(exact.get());
        }
        if (a.isKnown() && b.isKnown()) {
            return new Attribute.Real(a.known() / (double) nonZero(b.known()));
        }
        throw new Inapplicable("it is not known whether %s is a multiple of %s".formatted(a, b));
    }

    private static Attribute itemwise(Operation operation, Attribute a, Attribute b) {
        int length = Math.max(length(a), length(b));
        return new Attribute.Items(
                IntStream.range(0, length)
                        .mapToObj(i -> apply(operation, item(a, i, length), item(b, i, length)))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static int length(Attribute attribute) {
        return attribute instanceof Attribute.Items(var items) ? items.size() : 0;
    }

    private static Attribute item(Attribute attribute, int index, int length) {
        if (!(attribute instanceof Attribute.Items(ImmutableList<Attribute> items))) {
            return attribute;
        }
        if (items.size() != length) {
            throw new Inapplicable("lists of %d and %d items are combined".formatted(items.size(), length));
        }
        return items.get(index);
    }

    /// True when both are equal, false when they certainly differ.
    ///
    /// @throws Inapplicable when that depends on symbols
    static boolean equal(Attribute a, Attribute b) {
        if (Attributes.same(a, b)) {
            return true;
        }
        if (a instanceof Attribute.Items(var as) && b instanceof Attribute.Items(var bs)) {
            return equal(as, bs);
        }
        if (isSize(a) && isSize(b) && !size(a).differsFrom(size(b))) {
            throw new Inapplicable("it is not known whether %s equals %s".formatted(size(a), size(b)));
        }
        return false;
    }

    private static boolean equal(ImmutableList<Attribute> a, ImmutableList<Attribute> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSize(Attribute attribute) {
        return attribute instanceof Attribute.Whole || attribute instanceof Attribute.Size;
    }

    /// True when `a <= b`, false when it certainly is not.
    ///
    /// @throws Inapplicable when that depends on symbols
    static boolean atMost(Attribute a, Attribute b) {
        if (a instanceof Attribute.Real || b instanceof Attribute.Real) {
            return real(a) <= real(b);
        }
        Dim difference = size(b).minus(size(a));
        OptionalLong known = difference.ifKnown();
        if (known.isPresent()) {
            return known.getAsLong() >= 0;
        }
        if (difference.isNeverNegative()) {
            return true;
        }
        throw new Inapplicable("it is not known whether %s is at most %s".formatted(size(a), size(b)));
    }

    /// True when `a < b`, false when it certainly is not.
    ///
    /// @throws Inapplicable when that depends on symbols
    static boolean less(Attribute a, Attribute b) {
        return (a instanceof Attribute.Real || b instanceof Attribute.Real) ? real(a) < real(b) : !atMost(b, a);
    }
}

package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.lang.Attribute.Real;
import dev.skive.frontend.lang.Attribute.Size;
import dev.skive.frontend.lang.Attribute.Truth;
import dev.skive.frontend.lang.Attribute.Whole;
import dev.skive.grammar.tree.Operation;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TypeError;
import java.util.List;
import java.util.Optional;

/// Arithmetic on what is known when a text is read: whole numbers, sizes, real numbers.
final class Numbers {
    /// The names of the functions of numbers.
    static final ImmutableSet<String> FUNCTIONS = ImmutableSet.of("floor", "max", "min", "broadcast", "sqrt");

    private Numbers() {}

    /// The attribute for a size, a plain number when it is one.
    static Attribute of(Dim size) {
        return size.isKnown() ? new Whole(size.known()) : new Size(size);
    }

    /// The size that an attribute is, if it is one.
    static Optional<Dim> size(Attribute attribute) {
        return switch (attribute) {
            case Whole(long value) -> Optional.of(Dim.of(value));
            case Size(Dim size) -> Optional.of(size);
            default -> Optional.empty();
        };
    }

    /// The real number that an attribute is, if it is one.
    static Optional<Double> real(Attribute attribute) {
        return switch (attribute) {
            case Whole(long value) -> Optional.of((double) value);
            case Real(double value) -> Optional.of(value);
            default -> Optional.empty();
        };
    }

    /// The number with the other sign.
    ///
    /// @throws TypeError when it is no number
    static Attribute negate(Attribute number) {
        return number instanceof Real(double value)
                ? new Real(-value)
                : of(size(number).orElseThrow(() -> noNumber(number)).times(-1));
    }

    /// The result of an operation.
    ///
    /// @throws TypeError when there is none
    static Attribute apply(Operation operation, Attribute left, Attribute right) {
        try {
            Optional<Dim> a = size(left);
            Optional<Dim> b = size(right);
            return a.isPresent() && b.isPresent()
                    ? sizes(operation, a.get(), b.get())
                    : reals(operation, real(left, left, right), real(right, left, right));
        } catch (ArithmeticException overflow) {
            throw new TypeError("the number overflows 64 bits");
        }
    }

    private static double real(Attribute number, Attribute left, Attribute right) {
        return real(number)
                .orElseThrow(() ->
                        size(number).isPresent()
                                ? new TypeError(
                                        "%s and %s do not mix: the size is known only when the model runs"
                                                .formatted(AttributeText.print(left), AttributeText.print(right)))
                                : noNumber(number));
    }

    private static TypeError noNumber(Attribute attribute) {
        return new TypeError("%s is no number".formatted(AttributeText.print(attribute)));
    }

    private static Attribute sizes(Operation operation, Dim a, Dim b) {
        return switch (operation) {
            case PLUS -> of(a.plus(b));
            case MINUS -> of(a.minus(b));
            case TIMES -> of(a.times(b));
            case OVER -> of(quotient(a, b));
            case REST -> of(a.minus(floor(a, b).times(b)));
            case EQUAL -> truth(a, b, a.equals(b));
            case DIFFERENT -> truth(a, b, !a.equals(b));
            case LESS, AT_MOST, GREATER, AT_LEAST -> reals(operation, known(a), known(b));
            case AT, BOTH, EITHER, OR -> throw noSuch(operation);
        };
    }

    private static Attribute truth(Dim a, Dim b, boolean holds) {
        if (!a.equals(b) && !a.differsFrom(b)) {
            throw new TypeError("whether %s is %s is known only when the model runs".formatted(a, b));
        }
        return new Truth(holds);
    }

    private static double known(Dim size) {
        TypeError.check(size.isKnown(), "the size %s is known only when the model runs", size);
        return size.known();
    }

    private static Dim quotient(Dim a, Dim b) {
        TypeError.check(!b.is(0), "division by zero");
        return a.divideExactly(b)
                .orElseThrow(() ->
                        new TypeError(
                                "%s / %s may leave a remainder; floor(%s, %s) rounds down, %s makes it a real number"
                                        .formatted(a, b, a, b, a.isKnown() ? "%s.0 / %s".formatted(a, b) : "a point")));
    }

    private static Attribute reals(Operation operation, double a, double b) {
        return switch (operation) {
            case PLUS -> new Real(a + b);
            case MINUS -> new Real(a - b);
            case TIMES -> new Real(a * b);
            case OVER -> new Real(a / b);
            case REST -> new Real(a - Math.floor(a / b) * b);
            case EQUAL -> new Truth(a == b);
            case DIFFERENT -> new Truth(a != b);
            case LESS -> new Truth(a < b);
            case AT_MOST -> new Truth(a <= b);
            case GREATER -> new Truth(a > b);
            case AT_LEAST -> new Truth(a >= b);
            case AT, BOTH, EITHER, OR -> throw noSuch(operation);
        };
    }

    private static TypeError noSuch(Operation operation) {
        return new TypeError("'%s' is for values of a graph, not for numbers".formatted(operation.text()));
    }

    /// The quotient rounded down.
    ///
    /// @throws TypeError for a division by zero
    static Dim floor(Dim a, Dim b) {
        TypeError.check(!b.is(0), "division by zero");
        return a.floorDivide(b);
    }

    /// The result of a function of sizes, one of [#FUNCTIONS].
    ///
    /// @throws TypeError when it does not take these
    static Attribute call(String function, List<Attribute> arguments) {
        if (function.equals("sqrt")) {
            TypeError.check(arguments.size() == 1, "sqrt takes 1 number, found %s", arguments.size());
            Attribute number = arguments.getFirst();
            return new Real(Math.sqrt(real(number, number, number)));
        }
        TypeError.check(arguments.size() == 2, "%s takes 2 sizes, found %s", function, arguments.size());
        Dim a = size(arguments.get(0)).orElseThrow(() -> noNumber(arguments.get(0)));
        Dim b = size(arguments.get(1)).orElseThrow(() -> noNumber(arguments.get(1)));
        return of(
                switch (function) {
                    case "floor" -> floor(a, b);
                    case "max" -> a.max(b);
                    case "min" -> a.min(b);
                    case "broadcast" -> Dim.broadcast(a, b);
                    default -> throw new AssertionError(function);
                });
    }
}

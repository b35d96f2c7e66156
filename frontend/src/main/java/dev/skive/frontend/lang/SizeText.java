package dev.skive.frontend.lang;

import dev.skive.ir.type.Atom;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Monomial;
import dev.skive.ir.type.Shape;
import java.util.stream.Collectors;

/// Sizes in text: `2*batch+1`, `floor(sequence, 2)`, symbols that are no identifiers in quotes.
final class SizeText {
    private SizeText() {}

    static String print(Shape shape) {
        return shape.dims().stream().map(SizeText::print).collect(Collectors.joining(", ", "[", "]"));
    }

    static String print(Dim dim) {
        if (dim.terms().isEmpty()) {
            return "0";
        }
        var text = new StringBuilder();
        dim.terms()
                .descendingMap()
                .forEach((monomial, coefficient) -> {
                    if (coefficient < 0) {
                        text.append('-');
                    } else if (!text.isEmpty()) {
                        text.append('+');
                    }
                    text.append(product(Long.toUnsignedString(Math.abs(coefficient)), monomial));
                });
        return text.toString();
    }

    private static String product(String coefficient, Monomial monomial) {
        if (monomial.atoms().isEmpty()) {
            return coefficient;
        }
        String factors = monomial.atoms().stream().map(SizeText::print).collect(Collectors.joining("*"));
        return coefficient.equals("1") ? factors : coefficient + "*" + factors;
    }

    private static String print(Atom atom) {
        return switch (atom) {
            case Atom.Symbol(String name) -> NameText.print(name);
            case Atom.Quotient(Dim dividend, Dim divisor) -> call("floor", dividend, divisor);
            case Atom.Maximum(Dim left, Dim right) -> call("max", left, right);
            case Atom.Minimum(Dim left, Dim right) -> call("min", left, right);
            case Atom.Broadcast(Dim left, Dim right) -> call("broadcast", left, right);
        };
    }

    private static String call(String function, Dim left, Dim right) {
        return function + "(" + print(left) + ", " + print(right) + ")";
    }
}

package dev.skive.ir.type;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/// The canonical text of a size: highest degree first, the constant last.
final class DimText {
    private DimText() {}

    static String print(Dim dim) {
        if (dim.terms().isEmpty()) {
            return "0";
        }
        var text = new StringBuilder();
        for (var term : dim.terms().descendingMap().entrySet()) {
            long coefficient = term.getValue();
            text.append(text.isEmpty() ? (coefficient < 0 ? "-" : "") : (coefficient < 0 ? "-" : "+"));
            text.append(product(Math.abs(coefficient), term.getKey().atoms()));
        }
        return text.toString();
    }

    private static String product(long coefficient, ImmutableList<Atom> atoms) {
        String factors = atoms.stream().map(Atom::toString).collect(Collectors.joining("*"));
        if (atoms.isEmpty()) {
            return Long.toString(coefficient);
        }
        return coefficient == 1 ? factors : coefficient + "*" + factors;
    }
}

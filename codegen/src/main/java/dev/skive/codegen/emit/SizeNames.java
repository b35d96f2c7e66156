package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableMap;
import com.palantir.javapoet.NameAllocator;
import dev.skive.ir.type.Atom;
import dev.skive.ir.type.Dim;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of sizes in generated code: numbers stand for themselves, everything else is a field of the workspace that
/// is computed once per run.
final class SizeNames {
    private final NameAllocator names;
    private final Map<Dim, String> fields = new LinkedHashMap<>();

    SizeNames(NameAllocator names) {
        this.names = names;
    }

    /// A size as a Java expression in a kernel, where `w` is the workspace.
    String use(Dim dim) {
        return dim.isKnown() ? Long.toString(dim.known()) : "w." + field(dim);
    }

    /// The workspace field of a symbolic size.
    String field(Dim dim) {
        String known = fields.get(dim);
        if (known != null) {
            return known;
        }
        dim.symbols().forEach(symbol -> symbolField(Dim.symbol(symbol), symbol));
        return fields.computeIfAbsent(dim, key -> names.newName(Identifiers.camelCase(words(dim))));
    }

    /// Makes a field for a symbol.
    void symbol(String name) {
        field(Dim.symbol(name));
    }

    private void symbolField(Dim dim, String symbol) {
        fields.computeIfAbsent(dim, key -> names.newName(Identifiers.camelCase(symbol)));
    }

    /// `batch times sequence times 384 plus 1`: numbers come last, so that the words make a name.
    private static String words(Dim dim) {
        return dim.terms().descendingMap().entrySet().stream()
                .map(term ->
                        Stream.concat(
                                        term.getKey().atoms().stream().map(SizeNames::words),
                                        term.getValue() == 1 && !term.getKey().atoms().isEmpty()
                                                ? Stream.empty()
                                                : Stream.of(number(term.getValue())))
                                .collect(Collectors.joining(" times ")))
                .collect(Collectors.joining(" plus "));
    }

    private static String number(long value) {
        return (value < 0 ? "minus " : "") + Math.abs(value);
    }

    private static String words(Atom atom) {
        return switch (atom) {
            case Atom.Symbol(String name) -> name;
            case Atom.Quotient(Dim a, Dim b) -> words(a) + " over " + words(b);
            case Atom.Maximum(Dim a, Dim b) -> "max " + words(a) + " and " + words(b);
            case Atom.Minimum(Dim a, Dim b) -> "min " + words(a) + " and " + words(b);
            case Atom.Broadcast(Dim a, Dim b) -> words(a) + " or " + words(b);
        };
    }

    /// Every symbolic size with its field, symbols before what is computed from them.
    ImmutableMap<Dim, String> fields() {
        return ImmutableMap.copyOf(fields);
    }

    /// How a size is computed from the fields of symbols, in exact `int` arithmetic.
    String formula(Dim dim) {
        return dim.terms().descendingMap().entrySet().stream()
                .map(term -> product(term.getValue(), term.getKey().atoms()))
                .reduce((a, b) -> "Math.addExact(" + a + ", " + b + ")")
                .orElse("0");
    }

    private String product(long coefficient, Iterable<Atom> atoms) {
        String product = coefficient == 1 && atoms.iterator().hasNext() ? "" : Long.toString(coefficient);
        for (Atom atom : atoms) {
            product = product.isEmpty() ? atom(atom) : "Math.multiplyExact(" + product + ", " + atom(atom) + ")";
        }
        return product;
    }

    private String atom(Atom atom) {
        return switch (atom) {
            case Atom.Symbol(String name) -> field(Dim.symbol(name));
            case Atom.Quotient(Dim a, Dim b) -> "Math.floorDiv(" + formula(a) + ", " + formula(b) + ")";
            case Atom.Maximum(Dim a, Dim b) -> "Math.max(" + formula(a) + ", " + formula(b) + ")";
            case Atom.Minimum(Dim a, Dim b) -> "Math.min(" + formula(a) + ", " + formula(b) + ")";
            case Atom.Broadcast(Dim a, Dim b) -> "Sizes.broadcast(" + formula(a) + ", " + formula(b) + ")";
        };
    }
}

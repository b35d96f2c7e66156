package dev.skive.codegen.program;

import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The symbols in the attributes of an operator.
final class SizesIn {
    private SizesIn() {}

    /// The symbols.
    static Set<String> attributes(Op op) {
        var symbols = new HashSet<String>();
        for (RecordComponent component : op.getClass().getRecordComponents()) {
            try {
                collect(component.getAccessor().invoke(op), symbols);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("operators are public records: " + op, e);
            }
        }
        return symbols;
    }

    private static void collect(Object attribute, Set<String> symbols) {
        switch (attribute) {
            case Dim dim -> symbols.addAll(dim.symbols());
            case Shape shape -> symbols.addAll(shape.symbols());
            case Iterable<?> list -> list.forEach(item -> collect(item, symbols));
            case Optional<?> optional -> optional.ifPresent(item -> collect(item, symbols));
            default -> {}
        }
    }
}

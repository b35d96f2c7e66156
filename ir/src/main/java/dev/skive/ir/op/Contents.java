package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Arithmetic with small integer tensors whose elements are sizes.
final class Contents {
    private Contents() {}

    /// Applies an operation to two lists of sizes, repeating a list of one.
    static Optional<ImmutableList<Dim>> zip(Operands operands, BinaryOperator<Dim> operation) {
        if (operands.contents(0).isEmpty() || operands.contents(1).isEmpty()) {
            return Optional.empty();
        }
        ImmutableList<Dim> a = operands.contents(0).get();
        ImmutableList<Dim> b = operands.contents(1).get();
        int count = a.isEmpty() || b.isEmpty() ? 0 : Math.max(a.size(), b.size());
        var result = ImmutableList.<Dim>builder();
        for (int i = 0; i < count; i++) {
            Dim combined = operation.apply(at(a, i), at(b, i));
            if (combined.equals(UNKNOWN)) {
                return Optional.empty();
            }
            result.add(combined);
        }
        return Optional.of(result.build());
    }

    /// The element that position `i` of the broadcast result sees.
    static Dim at(ImmutableList<Dim> list, int i) {
        return list.get(list.size() == 1 ? 0 : i);
    }

    /// What an operation gives when it cannot say; no size equals it, since models cannot name a symbol so.
    static final Dim UNKNOWN = Dim.symbol("\0unknown");

    /// Division as ONNX does it on integers; known only where rounding towards zero and down agree.
    static Dim quotient(Dim a, Dim b) {
        return a.isNeverNegative() && b.isNeverNegative() && !b.is(0) ? a.floorDivide(b) : UNKNOWN;
    }

    /// 1 or 0 where equality is decided whatever the symbols are.
    static Dim equal(Dim a, Dim b) {
        if (a.equals(b)) {
            return Dim.ONE;
        }
        boolean different =
                a.differsFrom(b) || (isNegative(a) && b.isNeverNegative()) || (a.isNeverNegative() && isNegative(b));
        return different ? Dim.ZERO : UNKNOWN;
    }

    private static boolean isNegative(Dim dim) {
        return dim.isKnown() && dim.known() < 0;
    }
}

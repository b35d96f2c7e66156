package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;

/// A conversion to an 8-bit float. What ONNX leaves to attributes is said in operators before the conversion of the IR,
/// which rounds to nearest (up, for float8e8m0) and saturates all but infinity.
///
/// @param node the node it is for
/// @param to the 8-bit float
/// @param saturate whether numbers beyond the greatest become the greatest, and infinity too; else they become infinity
///     where the type has it, and NaN where not
record NarrowCast(NodeContext node, ElementType to, boolean saturate) {
    /// The greatest power of two.
    private static final double GREATEST_SCALE = 0x1p127;

    private static final double LEAST_SCALE = 0x1p-127;

    /// The operand as the 8-bit float.
    ///
    /// @param rounding of float8e8m0: `up`, `down`, or `nearest` with ties up
    Value of(Value x, String rounding) {
        var term = new Term(node, x);
        boolean wide = term.element().isReal() && term.element().bits() >= Float.SIZE;
        if (to == ElementType.FLOAT8E8M0) {
            return scale(wide ? term : term.as(ElementType.FLOAT32), rounding).value();
        }
        Term real = term.element().isReal() ? term : term.as(ElementType.FLOAT32);
        return (saturate ? saturated(real) : overflowing(real)).as(to).value();
    }

    private Term saturated(Term x) {
        double greatest = FloatFormat.of(to).greatest();
        return to == ElementType.FLOAT8E5M2 ? x.min(greatest).max(-greatest) : x;
    }

    /// A tie between the greatest number and the one that would follow goes to the even of them.
    private Term overflowing(Term x) {
        Term size = x.abs();
        return switch (to) {
            case FLOAT8E4M3FN -> size.isMore(464).choose(x.number(Double.NaN), x);
            case FLOAT8E4M3FNUZ -> size.isLess(248).choose(x, x.number(Double.NaN));
            case FLOAT8E5M2 -> size.isLess(61440).choose(x, x.times(Double.POSITIVE_INFINITY));
            default -> size.isLess(61440).choose(x, x.number(Double.NaN));
        };
    }

    private Term scale(Term x, String rounding) {
        Term positive =
                saturate
                        ? x.min(GREATEST_SCALE).max(LEAST_SCALE)
                        : x.isMore(0).isBoth(x.isMore(GREATEST_SCALE).not()).choose(x, x.number(Double.NaN));
        Term up = positive.as(to).as(x.element());
        return switch (rounding) {
            case "up" -> up.as(to);
            case "down" -> lowered(positive, up, 1).as(to);
            case "nearest" -> lowered(positive, up, 0.75).as(to);
            default -> throw node.failure("attribute 'round_mode' must be up, down or nearest, found %s", rounding);
        };
    }

    /// Half of the next power of two for numbers below a part of it.
    private static Term lowered(Term x, Term up, double part) {
        return x.isLess(up.times(part)).choose(up.times(0.5), up);
    }
}

package dev.skive.passes.rule;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.OptionalDouble;

/// Constants all of whose elements are one number.
public final class Splat {
    private static final double SIX_DIGITS = 1e-6;

    private Splat() {}

    /// The number, if the value is such a constant.
    public static OptionalDouble of(Value value) {
        return value.constant().map(Splat::of).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble of(TensorData data) {
        ElementType element = data.element();
        boolean numeric = element.isReal() || element.isInteger() || element == ElementType.BOOL;
        if (!numeric || data.count() == 0) {
            return OptionalDouble.empty();
        }
        long first = Elements.bits(element, data.bytes(), 0);
        for (long i = 1; i < data.count(); i++) {
            if (Elements.bits(element, data.bytes(), i) != first) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(data.getDouble(0));
    }

    /// True when every element is `wanted`, up to the rounding of the element type and of six printed digits.
    static boolean isAbout(Value value, double wanted) {
        OptionalDouble found = of(value);
        double allowed = Math.max(SIX_DIGITS, rounding(value.tensor().element())) * Math.abs(wanted);
        return found.isPresent() && Math.abs(found.getAsDouble() - wanted) <= allowed;
    }

    /// True when every element is `wanted`; zeros of different sign differ, except among integers.
    static boolean isExactly(Value value, double wanted) {
        OptionalDouble found = of(value);
        return found.isPresent()
                && (value.tensor().element().isReal()
                        ? Double.compare(found.getAsDouble(), wanted) == 0
                        : found.getAsDouble() == wanted);
    }

    private static double rounding(ElementType element) {
        return switch (element) {
            case FLOAT64, FLOAT32 -> 0;
            case FLOAT16 -> 0x1p-11;
            case BFLOAT16 -> 0x1p-8;
            default -> element.isReal() ? relativeGap(element) : 0;
        };
    }

    private static double relativeGap(ElementType element) {
        return Math.scalb(1.0, -1 - FloatFormat.of(element).mantissaBits());
    }
}

package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.rule.Inapplicable;
import java.util.Arrays;

/// Functions of element types, and constants made of numbers.
final class ElementFunctions {
    private static final long LARGEST_FILL = 1 << 24;
    private static final String TYPE = "type";

    static final ImmutableList<BuiltIn> ALL =
            ImmutableList.of(
                    BuiltIn.of(
                                    "bits",
                                    Kind.NUMBER,
                                    "How many bits an element takes.",
                                    on -> Numbers.of(on.element(0).bits()))
                            .taking(TYPE, Kind.WORD),
                    BuiltIn.predicate("isReal", "True for floating-point types.", on -> on.element(0).isReal())
                            .taking(TYPE, Kind.WORD),
                    BuiltIn.predicate("isInteger", "True for integer types.", on -> on.element(0).isInteger())
                            .taking(TYPE, Kind.WORD),
                    BuiltIn.predicate(
                                    "isSigned",
                                    "True for integer types with negative numbers.",
                                    on -> on.element(0).kind() == ElementType.Kind.SIGNED)
                            .taking(TYPE, Kind.WORD),
                    BuiltIn.predicate(
                                    "keepsValues",
                                    "True when `to` can hold every value of the type `from`, so that a conversion changes none.",
                                    on -> keepsValues(on.element(0), on.element(1)))
                            .taking("from", Kind.WORD)
                            .taking("to", Kind.WORD),
                    BuiltIn.of(
                                    "filled",
                                    Kind.DATA,
                                    "A constant of a known shape whose elements are all `number`, rounded to the type.",
                                    on -> filled(on))
                            .taking(TYPE, Kind.WORD)
                            .taking("shape", Kind.LIST)
                            .taking("number", Kind.NUMBER),
                    BuiltIn.of(
                                    "integers",
                                    Kind.DATA,
                                    "A constant of rank 1 with the known numbers of a list as elements.",
                                    on -> integers(on))
                            .taking(TYPE, Kind.WORD)
                            .taking("list", Kind.LIST));

    private ElementFunctions() {}

    private static boolean keepsValues(ElementType from, ElementType to) {
        if (from == to || from == ElementType.BOOL) {
            return to != ElementType.STRING;
        }
        if (to.isReal()) {
            return from.isReal() ? widens(from, to) : from.isInteger() && from.bits() <= significantBits(to);
        }
        boolean signFits = from.kind() == to.kind() || to.kind() == ElementType.Kind.SIGNED;
        return from.isInteger() && to.isInteger() && signFits && to.bits() > from.bits();
    }

    private static boolean widens(ElementType from, ElementType to) {
        return switch (to) {
            case FLOAT64 -> true;
            case FLOAT32 -> from != ElementType.FLOAT64;
            default -> false;
        };
    }

    private static int significantBits(ElementType real) {
        return switch (real) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            default -> 0;
        };
    }

    private static Attribute filled(Arguments on) {
        long[] sizes = on.wholes(1).stream().mapToLong(Long::longValue).toArray();
        long count = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
        if (count > LARGEST_FILL) {
            throw new Inapplicable("a constant of %d elements is too large to fill".formatted(count));
        }
        var values = new double[Math.toIntExact(count)];
        Arrays.fill(values, on.real(2));
        return new Attribute.Data(TensorData.ofReals(on.element(0), values, sizes));
    }

    private static Attribute integers(Arguments on) {
        long[] values = on.wholes(1).stream().mapToLong(Long::longValue).toArray();
        try {
            return new Attribute.Data(TensorData.ofIntegers(on.element(0), values, values.length));
        } catch (IllegalArgumentException outside) {
            throw new Inapplicable(String.valueOf(outside.getMessage()));
        }
    }
}

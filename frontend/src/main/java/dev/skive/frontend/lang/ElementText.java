package dev.skive.frontend.lang;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import dev.skive.ir.type.TypeError;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/// Elements of constants in text, both ways: whole numbers, the shortest decimals that are read back as the same element,
/// `true`, `inf`, `nan`, and where no number says it, `0x` and the bits. Complex numbers are always bits, the imaginary part
/// in the high half.
public final class ElementText {
    private static final String BITS = "0x";
    private static final int HEX = 16;
    private static final int DIGITS_OF_DOUBLE = 17;

    private ElementText() {}

    /// An element of a constant.
    static String print(TensorData data, long index) {
        ElementType element = data.element();
        return switch (element.kind()) {
            case TEXT -> NameText.quoted(data.text().get(Math.toIntExact(index)));
            case COMPLEX -> BITS + bits(element, data.bytes(), index).toString(HEX);
            case BOOLEAN -> truth(Elements.bits(element, data.bytes(), index));
            case SIGNED -> Long.toString(data.getLong(index));
            case UNSIGNED -> Long.toUnsignedString(data.getLong(index));
            case REAL -> real(element, data.bytes(), index);
        };
    }

    private static String truth(long bits) {
        return bits > 1 ? BITS + Long.toHexString(bits) : Boolean.toString(bits == 1);
    }

    private static String real(ElementType element, MemorySegment bytes, long index) {
        long bits = Elements.bits(element, bytes, index);
        String text =
                switch (element) {
                    case FLOAT64 -> NumberText.print(bytes.getAtIndex(Elements.DOUBLE, index));
                    case FLOAT32 -> NumberText.print(bytes.getAtIndex(Elements.FLOAT, index));
                    default -> shortest(FloatFormat.of(element), bits);
                };
        return realBits(element, text).equals(Optional.of(bits)) ? text : BITS + Long.toHexString(bits);
    }

    /// The decimal with the fewest digits that the format rounds to the same bits.
    private static String shortest(FloatFormat format, long bits) {
        double value = format.decode(bits);
        if (Double.isFinite(value)) {
            for (int digits = 1; digits < DIGITS_OF_DOUBLE; digits++) {
                double rounded = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
                if (Math.abs(rounded) <= format.greatest() && format.encode(rounded) == bits) {
                    return NumberText.print(rounded);
                }
            }
        }
        return NumberText.print(value);
    }

    /// Stores an element that is written so.
    ///
    /// @param text a number, its sign before it, `true`, `inf`, `nan`, or `0x` and bits; not for strings
    /// @throws TypeError when the type has no such element
    public static void read(String text, ElementType element, MemorySegment bytes, long index) {
        BigInteger bits =
                (text.startsWith(BITS) ? Optional.of(new BigInteger(text.substring(2), HEX)) : bits(element, text))
                        .filter(found -> found.bitLength() <= element.bits())
                        .orElseThrow(() -> new TypeError("%s is no element of type %s".formatted(text, element)));
        if (element.kind() == ElementType.Kind.COMPLEX) {
            setComplex(element, bytes, index, bits);
        } else {
            Elements.setBits(element, bytes, index, bits.longValue());
        }
    }

    private static Optional<BigInteger> bits(ElementType element, String text) {
        return switch (element.kind()) {
            case TEXT, COMPLEX -> Optional.empty();
            case BOOLEAN ->
                    switch (text) {
                        case "true", "1" -> Optional.of(BigInteger.ONE);
                        case "false", "0" -> Optional.of(BigInteger.ZERO);
                        default -> Optional.empty();
                    };
            case SIGNED, UNSIGNED -> wholeBits(element, text);
            case REAL -> realBits(element, text).map(ElementText::unsigned);
        };
    }

    private static Optional<BigInteger> wholeBits(ElementType element, String text) {
        if (!text.matches("-?[0-9]{1,20}")) {
            return Optional.empty();
        }
        var value = new BigInteger(text);
        boolean signed = element.kind() == ElementType.Kind.SIGNED;
        BigInteger range = BigInteger.ONE.shiftLeft(signed ? element.bits() - 1 : element.bits());
        BigInteger least = signed ? range.negate() : BigInteger.ZERO;
        return value.compareTo(least) < 0 || value.compareTo(range) >= 0
                ? Optional.empty()
                : Optional.of(value.mod(BigInteger.ONE.shiftLeft(element.bits())));
    }

    /// The bits of a real element; nothing for what is no number or beyond the greatest.
    private static Optional<Long> realBits(ElementType element, String text) {
        Optional<Double> special =
                switch (text) {
                    case "inf" -> Optional.of(Double.POSITIVE_INFINITY);
                    case "-inf" -> Optional.of(Double.NEGATIVE_INFINITY);
                    case "nan" -> Optional.of(Double.NaN);
                    default -> Optional.empty();
                };
        if (special.isPresent()) {
            return special.map(value -> encode(element, value)).filter(bits -> isSame(element, bits, special.get()));
        }
        if (!text.matches("-?[0-9].*")) {
            return Optional.empty();
        }
        double value = element == ElementType.FLOAT32 ? Float.parseFloat(text) : Double.parseDouble(text);
        boolean fits =
                (element == ElementType.FLOAT64 || element == ElementType.FLOAT32)
                        ? Double.isFinite(value)
                        : Math.abs(value) <= FloatFormat.of(element).greatest();
        return fits ? Optional.of(encode(element, value)) : Optional.empty();
    }

    private static long encode(ElementType element, double value) {
        return element == ElementType.FLOAT64 ? Double.doubleToLongBits(value) : FloatFormat.of(element).encode(value);
    }

    /// Whether the format has this infinity or NaN at all.
    private static boolean isSame(ElementType element, long bits, double value) {
        double decoded =
                element == ElementType.FLOAT64 ? Double.longBitsToDouble(bits) : FloatFormat.of(element).decode(bits);
        return Double.compare(decoded, value) == 0;
    }

    private static BigInteger bits(ElementType element, MemorySegment bytes, long index) {
        if (element == ElementType.COMPLEX64) {
            return unsigned(bytes.getAtIndex(Elements.LONG, index));
        }
        return unsigned(bytes.getAtIndex(Elements.LONG, 2 * index + 1))
                .shiftLeft(Long.SIZE)
                .or(unsigned(bytes.getAtIndex(Elements.LONG, 2 * index)));
    }

    private static void setComplex(ElementType element, MemorySegment bytes, long index, BigInteger bits) {
        if (element == ElementType.COMPLEX64) {
            bytes.setAtIndex(Elements.LONG, index, bits.longValue());
        } else {
            bytes.setAtIndex(Elements.LONG, 2 * index, bits.longValue());
            bytes.setAtIndex(Elements.LONG, 2 * index + 1, bits.shiftRight(Long.SIZE).longValue());
        }
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }
}

package dev.skive.passes.rule.instance;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Random elements of every type.
///
/// @param random where they come from
/// @param range which numbers there are
public record RandomElements(Random random, Range range) {
    private static final List<String> WORDS = List.of("", "a", "A b", "é", "0", "-1.5");
    private static final double SPECIAL_SHARE = 0.4;

    /// Which numbers there are.
    public enum Range {
        /// Numbers of a size that computations stay finite with.
        ORDINARY,
        /// Whole numbers from 0 to 2, which are indexes in most places.
        INDEXES,
        /// Zeros of both signs, infinities, NaN, denormals and the extremes among ordinary ones.
        SPECIAL
    }

    /// A tensor of such elements.
    public Tensor tensor(ElementType element, long... sizes) {
        int count = Strides.count(sizes);
        return switch (element.kind()) {
            case REAL -> {
                double[] values = IntStream.range(0, count).mapToDouble(_ -> real(element)).toArray();
                yield Tensor.of(TensorData.ofReals(element, values, sizes));
            }
            case BOOLEAN -> Tensor.ofIntegers(element, random.longs(count, 0, 2).toArray(), sizes);
            case SIGNED, UNSIGNED ->
                    Tensor.ofIntegers(
                            element, IntStream.range(0, count).mapToLong(_ -> integer(element)).toArray(), sizes);
            case TEXT -> Tensor.of(TensorData.ofText(words(count), sizes));
            case COMPLEX -> Tensor.zeros(element, sizes);
        };
    }

    private boolean isSpecial() {
        return range == Range.SPECIAL && random.nextDouble() < SPECIAL_SHARE;
    }

    private List<String> words(int count) {
        return Collections.nCopies(count, "").stream().map(_ -> WORDS.get(random.nextInt(WORDS.size()))).toList();
    }

    private double real(ElementType element) {
        if (isSpecial()) {
            return special(element);
        }
        return range == Range.INDEXES ? random.nextInt(3) : 4 * random.nextDouble() - 2;
    }

    private double special(ElementType element) {
        double greatest = element == ElementType.FLOAT64 ? Double.MAX_VALUE : FloatFormat.of(element).greatest();
        double smallest = element == ElementType.FLOAT64 ? Double.MIN_VALUE : FloatFormat.of(element).decode(1);
        double sign = random.nextBoolean() ? 1 : -1;
        return sign
                * switch (random.nextInt(8)) {
                    case 0, 1 -> 0.0;
                    case 2 -> 1;
                    case 3 -> Double.POSITIVE_INFINITY;
                    case 4 -> Double.NaN;
                    case 5 -> smallest;
                    case 6 -> greatest;
                    default -> anyBits(element);
                };
    }

    private double anyBits(ElementType element) {
        return element == ElementType.FLOAT64
                ? Double.longBitsToDouble(random.nextLong())
                : FloatFormat.of(element).decode(random.nextLong() & (1L << element.bits()) - 1);
    }

    private long integer(ElementType element) {
        if (isSpecial()) {
            return element.wrap(
                    switch (random.nextInt(4)) {
                        case 0 -> 1L << (element.bits() - 1);
                        case 1 -> (1L << (element.bits() - 1)) - 1;
                        case 2 -> -1;
                        default -> random.nextLong();
                    });
        }
        boolean isSigned = element.kind() == ElementType.Kind.SIGNED;
        return element.wrap(range == Range.INDEXES ? random.nextInt(3) : random.nextInt(7) - (isSigned ? 3L : 0L));
    }
}

package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Operators on lists of tokens against ONNX Runtime.
class TokenOperatorsTest {
    private static final RoundTrip EXACT = new RoundTrip(0);

    @Property(tries = 60)
    void blocksRepeats(
            @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll @IntRange(min = 1, max = 9) int length,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(17, symbolic)
                .input("ids", random.integers(ElementType.INT64, 0, 3, 2, length))
                .input("scores", random.floats(2, 5))
                .check(EXACT, "com.microsoft:NGramRepeatBlock", List.of("y"), List.of(integer("ngram_size", size)), 18);
    }

    @Property(tries = 150)
    void detectsBifurcation(
            @ForAll @IntRange(min = 1, max = 3) int shortest,
            @ForAll @IntRange(max = 3) int more,
            @ForAll @IntRange(max = 3) int start,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean predicted = random.random().nextBoolean();
        long[] source = random.integers(ElementType.INT64, 0, 3, 5).integers();
        var test =
                new OneNode(17, symbolic)
                        .input("source", Tensor.ofIntegers(ElementType.INT64, source, source.length))
                        .input("tokens", random.integers(ElementType.INT64, 0, 3, 4))
                        .input("start", Tensor.ofIntegers(ElementType.INT64, new long[] {start}, 1), 0);
        if (predicted) {
            int agreed = random.random().nextInt(source.length - start + 1);
            long[] tokens =
                    LongStream.rangeClosed(0, source.length - start)
                            .map(i -> i < agreed ? source[(int) i + start] : random.random().nextInt(3))
                            .toArray();
            test.input("predicted", Tensor.ofIntegers(ElementType.INT64, tokens, tokens.length));
        }
        test.check(
                EXACT,
                "com.microsoft:BifurcationDetector",
                List.of("y", "match"),
                List.of(integer("min_ngram_size", shortest), integer("max_ngram_size", shortest + more)));
    }

    @Property(tries = 30)
    void findsDistinct(@ForAll boolean symbolic, @ForAll @IntRange(min = 1, max = 8) int count, @ForAll long seed) {
        var random = new RandomTensors(seed);
        double[] numbers = LongStream.range(0, count).mapToDouble(i -> random.random().nextInt(4)).toArray();
        new OneNode(17, symbolic)
                .input("x", Tensor.ofReals(ElementType.FLOAT32, numbers, count))
                .check(EXACT, "com.microsoft:Unique", List.of("y", "places", "counts"), List.of());
    }
}

package dev.skive.verify.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.SmallModels;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class InputGeneratorTest {
    private final InputGenerator encoder = new InputGenerator(SmallModels.encoder());

    @Property(tries = 100)
    void idsAreInsideTheirTablesAndMasksArePrefixes(
            @ForAll long seed,
            @ForAll @LongRange(min = 1, max = 4) long batch,
            @ForAll @LongRange(min = 1, max = 9) long sequence) {
        Map<String, Tensor> inputs = encoder.generate(sizes(batch, sequence), Masks.PADDED, seed);
        assertThat(inputs.keySet()).containsExactly("input_ids", "attention_mask", "token_type_ids");
        inputs.values().forEach(input -> assertThat(input.sizes()).containsExactly(batch, sequence));
        assertThat(Arrays.stream(integers(inputs, "input_ids"))).allMatch(id -> id >= 0 && id < 9);
        assertThat(Arrays.stream(integers(inputs, "token_type_ids"))).allMatch(id -> id == 0 || id == 1);
        long[] mask = integers(inputs, "attention_mask");
        for (int row = 0; row < batch; row++) {
            long[] bits = Arrays.copyOfRange(mask, (int) (row * sequence), (int) ((row + 1) * sequence));
            assertThat(bits[0]).isOne();
            assertThat(Arrays.stream(bits).map(bit -> 1 - bit)).isSorted();
        }
    }

    private static Map<String, Long> sizes(long batch, long sequence) {
        return Map.of("batch", batch, "sequence", sequence);
    }

    private static long[] integers(Map<String, Tensor> inputs, String name) {
        return Objects.requireNonNull(inputs.get(name)).integers();
    }

    @Test
    void fullMasksAreOnesAndPaddedOnesDiffer() {
        assertThat(integers(encoder.generate(sizes(3, 50), Masks.FULL, 1), "attention_mask")).containsOnly(1);
        long[] padded = integers(encoder.generate(sizes(3, 50), Masks.PADDED, 1), "attention_mask");
        assertThat(padded).contains(0);
    }

    @Test
    void theSeedDecides() {
        assertThat(encoder.generate(sizes(2, 9), Masks.PADDED, 7))
                .isEqualTo(encoder.generate(sizes(2, 9), Masks.PADDED, 7))
                .isNotEqualTo(encoder.generate(sizes(2, 9), Masks.PADDED, 8));
    }

    @Test
    void realsAreDistributedAsAsked() {
        Map<String, Long> sizes = Map.of("batch", 10_000L);
        var normal = new InputGenerator(SmallModels.linear()).generate(sizes, Masks.FULL, 3);
        var uniform =
                new InputGenerator(SmallModels.linear(), InputGenerator.Distribution.UNIFORM)
                        .generate(sizes, Masks.FULL, 3);
        assertThat(deviation(normal)).isBetween(0.98, 1.02);
        assertThat(deviation(uniform)).isBetween(0.56, 0.6);
        Tensor values = Objects.requireNonNull(uniform.get("x"));
        boolean fitting =
                Arrays.stream(values.reals()).allMatch(value -> Math.abs(value) <= 1 && value == (float) value);
        assertThat(fitting).isTrue();
    }

    private static double deviation(Map<String, Tensor> inputs) {
        double[] values = Objects.requireNonNull(inputs.get("x")).reals();
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElse(0));
    }

    @Test
    void emptySizesGiveEmptyInputs() {
        assertThat(integers(encoder.generate(sizes(2, 0), Masks.PADDED, 1), "attention_mask")).isEmpty();
    }

    @Test
    void missingSizesAreNamed() {
        assertThatThrownBy(() -> encoder.generate(Map.of("batch", 2L), Masks.FULL, 1))
                .isInstanceOf(SkiveException.class)
                .hasMessage("input 'input_ids' is i64[batch,sequence]: give sizes for [sequence], given are {batch=2}");
    }

    @Test
    void textIsNotMadeUp() {
        var text = new InputGenerator(SmallModels.transposed(ElementType.STRING, Dim.of(2)));
        assertThatThrownBy(() -> text.generate(Map.of(), Masks.FULL, 1))
                .isInstanceOf(SkiveException.class)
                .hasMessage("input 'x' is string[2]: give a value for it, none can be made up");
    }
}

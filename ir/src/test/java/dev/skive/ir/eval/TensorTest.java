package dev.skive.ir.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;

final class TensorTest {
    @Test
    void equalityIsByElements() {
        Tensor tensor = reals(1, Double.NaN);
        assertThat(tensor).isEqualTo(reals(1, Double.NaN)).hasSameHashCodeAs(reals(1, Double.NaN));
        assertThat(reals(0.0)).isNotEqualTo(reals(-0.0));
        assertThat(tensor).isNotEqualTo(tensor.reshape(2, 1));
        assertThat(tensor).isNotEqualTo(Tensor.ofReals(ElementType.FLOAT64, tensor.reals(), 2));
        assertThat(tensor).hasToString("f32[2]");
    }

    @Test
    void constantsGoInAndOut() {
        for (ElementType element : ElementType.values()) {
            Tensor tensor =
                    switch (element.kind()) {
                        case REAL -> Tensor.ofReals(element, new double[] {1, 2, 0.5}, 3);
                        case SIGNED, UNSIGNED, BOOLEAN -> Tensor.ofIntegers(element, new long[] {1, 0, 1}, 3);
                        default -> Tensor.ofText(ImmutableList.of("a", "", "ü"), 3);
                    };
            assertThat(Tensor.of(tensor.toData())).isEqualTo(tensor);
        }
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> Tensor.ofReals(ElementType.FLOAT32, new double[3], 2))
                .isInstanceOf(AssertionError.class)
                .hasMessage("f32[2] has 2 elements, found 3");
        assertThatThrownBy(() -> Tensor.ofReals(ElementType.INT8, new double[1])).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Tensor.ofIntegers(ElementType.FLOAT32, new long[1]))
                .isInstanceOf(AssertionError.class);
        assertThat(reals(1, 2).size(-1)).isEqualTo(2);
    }

    @Test
    void broadcastingRepeats() {
        Tensor row = reals(1, 2);
        assertThat(row.broadcast(2)).isSameAs(row);
        assertThat(row.broadcast(2, 2).reals()).containsExactly(1, 2, 1, 2);
        assertThatThrownBy(() -> row.broadcast(3)).hasMessage("sizes [2] do not broadcast to [3]");
    }

    private static Tensor reals(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }
}

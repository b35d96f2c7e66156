package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PackedTensorTest {
    @Test
    void packsTheFirstElementIntoTheLowBits() {
        var four = PackedTensor.pack(ElementKind.I4, new byte[] {9, 1, -2, 7}, 1, 3);
        assertThat(four.values()).containsExactly(0xE1, 0x07);
        var two = PackedTensor.pack(ElementKind.U2, new byte[] {1, 2, 3, 0, 2}, 0, 5);
        assertThat(two.values()).containsExactly(0b00111001, 0b10);
    }

    @Test
    void givesElementsBack() {
        byte[] elements = {-8, 7, -1, 0, 3};
        var tensor = PackedTensor.pack(ElementKind.I4, elements, 0, 5, 1);
        var found = new byte[6];
        tensor.copyTo(found, 1);
        assertThat(found).containsExactly(0, -8, 7, -1, 0, 3);
        assertThat(tensor.get(1, 0)).isEqualTo((byte) 7);
        assertThat(PackedTensor.of(ElementKind.U4, tensor.segment(), 5, 1).get(0, 0)).isEqualTo((byte) 8);
        assertThat(PackedTensor.of(ElementKind.I2, new byte[] {0b0110}, 2).get(0)).isEqualTo((byte) -2);
        assertThat(tensor).hasToString("i4[5, 1] {-8, 7, -1, 0, 3}");
        assertThat(PackedTensor.of(ElementKind.F4E2M1, new byte[] {0x71}, 2)).hasToString("f4e2m1[2] {0.5, 6.0}");
    }

    @Test
    void refusesOtherKindsAndTooFewBytes() {
        assertThatThrownBy(() -> PackedTensor.of(ElementKind.I8, new byte[4], 4)).hasMessageContaining("found I8");
        assertThatThrownBy(() -> PackedTensor.of(ElementKind.I4, new byte[1], 3))
                .hasMessageContaining("takes 3 elements");
    }

    @Test
    void showsEightBitFloatsAsNumbers() {
        assertThat(ByteTensor.of(ElementKind.F8E4M3FN, new byte[] {0x38, (byte) 0xB8}, 2))
                .hasToString("f8e4m3fn[2] {1.0, -1.0}");
    }

    @Test
    void integersOfNumbersBeyondTheRange() {
        assertThat(IntegerMath.toInt(-2147483648.9)).isEqualTo(Integer.MIN_VALUE);
        assertThat(IntegerMath.toInt(3e9)).isEqualTo(Integer.MIN_VALUE);
        assertThat(IntegerMath.toLong(Double.NaN)).isEqualTo(Long.MIN_VALUE);
        assertThat(IntegerMath.toNearest(-2.5)).isEqualTo(-3);
        assertThat(IntegerMath.toNearest(0.49999999999999994)).isZero();
        assertThat(IntegerMath.toUnsignedInt(4e9)).isEqualTo(4_000_000_000L);
        assertThat(IntegerMath.toUnsignedInt(-1)).isEqualTo(0xFFFFFFFFL);
        assertThat(IntegerMath.toUnsigned(1e30)).isZero();
    }
}

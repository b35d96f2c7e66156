package dev.skive.ir.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.type.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElementsTest {
    @ParameterizedTest
    @EnumSource(names = "U?INT\\d+", mode = EnumSource.Mode.MATCH_ALL)
    void integersComeBackWrappedAndLeaveTheirNeighboursAlone(ElementType element) {
        var random = new Random(1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(element.bytes(33));
            long[] expected = random.longs(33).toArray();
            for (int i = 0; i < expected.length; i++) {
                Elements.setLong(element, bytes, i, random.nextLong());
            }
            for (int i = 0; i < expected.length; i++) {
                int at = i * 7 % expected.length;
                Elements.setLong(element, bytes, at, expected[at]);
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat(Elements.getLong(element, bytes, i)).isEqualTo(element.wrap(expected[i]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "B?FLOAT.*", mode = EnumSource.Mode.MATCH_ALL)
    void powersOfTwoAreExactInEveryRealType(ElementType element) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(element.bytes(3));
            double[] values = {0.5, 1, 4};
            for (int i = 0; i < values.length; i++) {
                Elements.setDouble(element, bytes, i, values[i]);
            }
            for (int i = 0; i < values.length; i++) {
                assertThat(Elements.getDouble(element, bytes, i)).isEqualTo(values[i]);
            }
        }
    }

    @Test
    void packedElementsStartInTheLowBits() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[] {(byte) 0x21, (byte) 0xF3});
        assertThat(Elements.getLong(ElementType.UINT4, bytes, 0)).isEqualTo(1);
        assertThat(Elements.getLong(ElementType.UINT4, bytes, 1)).isEqualTo(2);
        assertThat(Elements.getLong(ElementType.INT4, bytes, 3)).isEqualTo(-1);
        assertThat(Elements.getLong(ElementType.UINT2, bytes, 2)).isEqualTo(2);
        assertThat(Elements.getLong(ElementType.INT2, bytes, 4)).isEqualTo(-1);
        assertThat(Elements.getDouble(ElementType.FLOAT4E2M1, bytes, 0)).isEqualTo(0.5);
    }

    @Test
    void storageIsLittleEndianAndNeedNotBeAligned() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[] {9, 1, 0, 0, 0, 0, 0, 0, 0});
        assertThat(Elements.getLong(ElementType.INT64, bytes.asSlice(1), 0)).isEqualTo(1);
        assertThat(Elements.getLong(ElementType.INT16, bytes, 0)).isEqualTo(0x109);
    }

    @Property
    void unsigned64KeepsItsRangeInDoubles(@ForAll long bits) {
        double value = Elements.unsignedToDouble(bits);
        assertThat(value).isEqualTo(new java.math.BigDecimal(Long.toUnsignedString(bits)).doubleValue());
        if (value < 0x1p64) {
            assertThat(Elements.unsignedToDouble(Elements.doubleToUnsigned(value))).isEqualTo(value);
        }
    }

    @Test
    void unsigned64StoresLargeReals() {
        TensorData data = TensorData.scalar(ElementType.UINT64, 0x1p63);
        assertThat(data.getDouble(0)).isEqualTo(0x1p63);
        assertThat(data.getLong(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void wrongKindsAreRefused() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[16]);
        assertThatThrownBy(() -> Elements.setLong(ElementType.FLOAT32, bytes, 0, 1)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Elements.getDouble(ElementType.COMPLEX64, bytes, 0))
                .isInstanceOf(AssertionError.class);
    }
}

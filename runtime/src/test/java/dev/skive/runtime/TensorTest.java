package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class TensorTest {
    static final List<Function<long[], Tensor>> FACTORIES =
            List.of(
                    shape -> FloatTensor.of(new float[6], shape),
                    shape -> DoubleTensor.of(new double[6], shape),
                    shape -> LongTensor.of(new long[6], shape),
                    shape -> IntTensor.of(new int[6], shape),
                    shape -> ShortTensor.of(new short[6], shape),
                    shape -> ByteTensor.of(new byte[6], shape),
                    shape -> BooleanTensor.of(new boolean[6], shape));

    static final List<Tensor> SCALARS =
            List.of(
                    FloatTensor.scalar(1),
                    DoubleTensor.scalar(1),
                    LongTensor.scalar(1),
                    IntTensor.scalar(1),
                    ShortTensor.scalar((short) 1),
                    ByteTensor.scalar((byte) 1),
                    BooleanTensor.scalar(true));

    @ParameterizedTest
    @FieldSource("FACTORIES")
    void everyClassKnowsItsShape(Function<long[], Tensor> factory) {
        var tensor = factory.apply(new long[] {2, 3});
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.rank()).isEqualTo(2);
        assertThat(tensor.size(1)).isEqualTo(3);
        assertThat(tensor.count()).isEqualTo(6);
        assertThat(tensor.segment().byteSize()).isEqualTo(tensor.kind().bytes(6));
        assertThat(tensor)
                .isEqualTo(factory.apply(new long[] {2, 3}))
                .hasSameHashCodeAs(factory.apply(new long[] {2, 3}));
        assertThat(tensor).isNotEqualTo(factory.apply(new long[] {3, 2}));
        assertThatThrownBy(() -> tensor.size(2)).isInstanceOf(IndexOutOfBoundsException.class);
        tensor.shape()[0] = 7;
        assertThat(tensor.size(0)).isEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("FACTORIES")
    void aWrongCountNamesShapeExpectedAndFound(Function<long[], Tensor> factory) {
        assertThatThrownBy(() -> factory.apply(new long[] {2, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 4] takes 8 elements, found 6");
        assertThatThrownBy(() -> factory.apply(new long[] {-2, -3})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> factory.apply(new long[] {1L << 40, 1L << 40}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many");
    }

    @ParameterizedTest
    @FieldSource("SCALARS")
    void scalarsHaveRankZero(Tensor scalar) {
        assertThat(scalar.rank()).isZero();
        assertThat(scalar.count()).isEqualTo(1);
        assertThat(scalar.toString()).startsWith(scalar.kind().text() + "[] {").containsAnyOf("1", "true");
    }

    @Test
    void arraysAreSharedAndSegmentsToo() {
        float[] values = {1, 2, 3, 4, 5, 6};
        var tensor = FloatTensor.of(values, 2, 3);
        assertThat(tensor.values()).isSameAs(values);
        assertThat(tensor.get(1, 2)).isEqualTo(6);
        try (var arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(64);
            MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, 6);
            var outside = FloatTensor.of(segment, 2, 3);
            assertThat(outside).isEqualTo(tensor).hasSameHashCodeAs(tensor);
            assertThat(outside.values()).containsExactly(values);
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 7);
            assertThat(outside.get(1, 2)).isEqualTo(7);
            assertThatThrownBy(() -> FloatTensor.of(segment, 17)).hasMessageContaining("takes 17 elements, found 16");
        }
    }

    @Test
    void partOfAnArrayIsNotMistakenForAllOfIt() {
        var segment = MemorySegment.ofArray(new int[] {1, 2, 3, 4});
        assertThat(IntTensor.of(segment, 3).values()).containsExactly(1, 2, 3);
        assertThat(IntTensor.of(segment.asSlice(4), 3).values()).containsExactly(2, 3, 4);
    }

    @Test
    void copyToFillsPartOfAnArray() {
        long[] target = new long[4];
        LongTensor.of(new long[] {1, 2}, 2).copyTo(target, 1);
        assertThat(target).containsExactly(0, 1, 2, 0);
        assertThatThrownBy(() -> LongTensor.of(new long[] {1, 2}, 2).copyTo(target, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        boolean[] booleans = new boolean[3];
        BooleanTensor.of(new boolean[] {true, false}, 2).copyTo(booleans, 1);
        assertThat(booleans).containsExactly(false, true, false);
        byte[] bytes = new byte[3];
        BooleanTensor.of(new boolean[] {true, false}, 2).copyTo(bytes, 1);
        assertThat(bytes).containsExactly(0, 1, 0);
    }

    @Test
    void indicesAreChecked() {
        var tensor = DoubleTensor.allocate(2, 3);
        assertThatThrownBy(() -> tensor.get(0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index [0, 3] of shape [2, 3]");
        assertThatThrownBy(() -> tensor.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.get(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void oneClassHoldsSeveralKinds() {
        var half = ShortTensor.of(ElementKind.F16, new short[] {Float.floatToFloat16(1.5f)}, 1);
        assertThat(half).hasToString("f16[1] {1.5}");
        assertThat(ShortTensor.of(ElementKind.BF16, new short[] {(short) 0xbfc0}, 1)).hasToString("bf16[1] {-1.5}");
        assertThat(ShortTensor.of(ElementKind.U16, new short[] {-1}, 1)).hasToString("u16[1] {65535}");
        assertThat(ByteTensor.of(ElementKind.U8, new byte[] {-1}, 1)).hasToString("u8[1] {255}");
        assertThat(IntTensor.of(ElementKind.U32, new int[] {-1}, 1)).hasToString("u32[1] {4294967295}");
        assertThat(LongTensor.of(ElementKind.U64, new long[] {-1}, 1)).hasToString("u64[1] {18446744073709551615}");
        assertThat(ByteTensor.of(new byte[1], 1)).isNotEqualTo(ByteTensor.of(ElementKind.U8, new byte[1], 1));
        assertThatThrownBy(() -> ShortTensor.of(ElementKind.F32, new short[1], 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textShowsTheFirstElements() {
        assertThat(IntTensor.of(new int[] {1, 2}, 1, 2)).hasToString("i32[1, 2] {1, 2}");
        assertThat(IntTensor.allocate(3, 3)).hasToString("i32[3, 3] {0, 0, 0, 0, 0, 0, 0, 0, ...}");
        assertThat(IntTensor.allocate(0, 3)).hasToString("i32[0, 3] {}");
    }

    @Test
    void kindsHaveDistinctNamesAndSizes() {
        for (ElementKind kind : ElementKind.values()) {
            assertThat(ElementKind.of(kind.text())).isEqualTo(kind);
        }
        assertThat(ElementKind.I4.bytes(3)).isEqualTo(2);
        assertThatThrownBy(() -> ElementKind.of("f31")).hasMessageContaining("f31");
        assertThat(new TensorInfo("ids", ElementKind.I64, List.of("batch", "8"))).hasToString("ids: i64[batch, 8]");
    }
}

package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class InputsTest {
    private static final TensorInfo IDS = new TensorInfo("ids", ElementKind.I64, List.of("batch", "sequence"));
    private static final Tensor SIX = LongTensor.of(new long[6], 2, 3);

    private static void refuses(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    @Test
    void typeAndRank() {
        assertThatCode(() -> Inputs.require(IDS, SIX)).doesNotThrowAnyException();
        refuses(() -> Inputs.require(IDS, IntTensor.of(new int[6], 2, 3)), "'ids'", "i64[batch, sequence]", "i32");
        refuses(
                () -> Inputs.require(IDS, LongTensor.of(new long[6], 6)),
                "'ids'",
                "i64[batch, sequence]",
                "1 axes: [6]");
        refuses(
                () -> Inputs.require(IDS, LongTensor.of(ElementKind.U64, new long[6], 2, 3)),
                "i64[batch, sequence]",
                "u64");
    }

    @Test
    void sizes() {
        assertThat(Inputs.size(IDS, SIX, 1)).isEqualTo(3);
        assertThatCode(() -> Inputs.requireSize(IDS, SIX, 1, 3)).doesNotThrowAnyException();
        refuses(() -> Inputs.requireSize(IDS, SIX, 1, 4), "'ids'", "sequence = 4", "axis 1", "[2, 3]");
        MemorySegment none = MemorySegment.ofArray(new long[0]);
        Tensor huge = LongTensor.of(none, 0, 1L << 40);
        refuses(() -> Inputs.size(IDS, huge, 1), "'ids'", "1099511627776");
    }

    @Test
    void indices() {
        assertThatCode(() -> Inputs.requireIndex(IDS, new long[] {99, -5, 4, 99}, 1, 2, 5)).doesNotThrowAnyException();
        refuses(
                () -> Inputs.requireIndex(IDS, new long[] {0, 5}, 0, 2, 5),
                "'ids'",
                "below 5",
                "found 5",
                "position 1");
        refuses(() -> Inputs.requireIndex(IDS, new long[] {0, 0, -6}, 1, 2, 5), "found -6", "position 1");
        assertThatCode(() -> Inputs.requireIndex(IDS, new int[] {99, 4}, 1, 1, 5)).doesNotThrowAnyException();
        refuses(() -> Inputs.requireIndex(IDS, new int[] {7}, 0, 1, 5), "'ids'", "below 5", "found 7", "position 0");
    }

    @Test
    void byName() {
        Map<String, Tensor> given = Map.of("ids", SIX);
        assertThat(Inputs.get(given, IDS, LongTensor.class)).isSameAs(SIX);
        refuses(() -> Inputs.get(given, IDS, FloatTensor.class), "'ids'", "i64");
        refuses(() -> Inputs.get(Map.of("other", SIX), IDS, LongTensor.class), "'ids'", "other");
        assertThatCode(() -> Inputs.requireKnown(given, List.of(IDS))).doesNotThrowAnyException();
        refuses(() -> Inputs.requireKnown(Map.of("idz", SIX), List.of(IDS)), "'idz'", "ids: i64[batch, sequence]");
    }
}

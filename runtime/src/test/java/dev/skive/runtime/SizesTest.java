package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SizesTest {
    @Property
    void equalSizesAndOnesBroadcast(@ForAll @IntRange(max = 1000) int size) {
        assertThat(Sizes.broadcast(size, size)).isEqualTo(size);
        assertThat(Sizes.broadcast(1, size)).isEqualTo(size);
        assertThat(Sizes.broadcast(size, 1)).isEqualTo(size);
    }

    @Test
    void otherSizesDoNot() {
        assertThatThrownBy(() -> Sizes.broadcast(2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2", "3");
        assertThatThrownBy(() -> Sizes.broadcast(0, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unequalSizesNameTheRule() {
        Sizes.requireEqual(4, 4, "keys = queries");
        assertThatThrownBy(() -> Sizes.requireEqual(4, 5, "keys = queries"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("keys = queries", "4", "5");
    }

    @Property
    void indicesCountFromEitherEnd(@ForAll @IntRange(min = 1, max = 1000) int size, @ForAll int index) {
        if (index >= 0 && index < size) {
            assertThat(Sizes.index(index, size)).isEqualTo(index);
        } else if (index < 0 && index >= -size) {
            assertThat(Sizes.index(index, size)).isEqualTo(size + index);
        } else {
            assertThatThrownBy(() -> Sizes.index(index, size))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContainingAll(Integer.toString(index), "[-%d, %d)".formatted(size, size));
        }
    }

    @Test
    void longIndicesAreNotCutToInts() {
        assertThatThrownBy(() -> Sizes.index(1L << 32, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Sizes.index(Long.MIN_VALUE, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Sizes.index(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

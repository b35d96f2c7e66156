package dev.skive.ir.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OriginTest {
    @Test
    void mergingKeepsEveryNameOnce() {
        Origin merged = Origin.of("a").touchedBy("r").merge(Origin.of("b").touchedBy("s")).merge(Origin.of("a"));
        assertThat(merged.sources()).containsExactly("a", "b");
        assertThat(merged.rules()).containsExactly("r", "s");
        assertThat(merged.touchedBy("r")).isSameAs(merged);
    }

    @Test
    void onlyOneOperatorIsKept() {
        Origin clip = Origin.of("a", "Clip");
        assertThat(clip.merge(clip.touchedBy("r")).operator()).isEqualTo("Clip");
        assertThat(clip.merge(Origin.of("b", "Clip")).operator()).isEqualTo("Clip");
        assertThat(clip.merge(Origin.of("a")).operator()).isEmpty();
        assertThat(Origin.of("a").merge(clip).operator()).isEmpty();
    }

    @Test
    void textShowsTheFirstNames() {
        Origin one = Origin.of("a");
        assertThat(one).hasToString("node 'a'");
        Origin five = one.merge(Origin.of("b")).merge(Origin.of("c")).merge(Origin.of("d")).merge(Origin.of("e"));
        assertThat(five).hasToString("nodes 'a', 'b', 'c' and 2 more");
    }
}

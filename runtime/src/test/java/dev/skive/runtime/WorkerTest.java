package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class WorkerTest {
    @Property
    void sharesCoverAllItemsOnce(
            @ForAll @IntRange(min = 0) int items, @ForAll @IntRange(min = 1, max = 512) int count) {
        int next = 0;
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int index = 0; index < count; index++) {
            var worker = new Worker(index, count, null);
            assertThat(worker.from(items)).isEqualTo(next);
            next = worker.to(items);
            least = Math.min(least, next - worker.from(items));
            most = Math.max(most, next - worker.from(items));
        }
        assertThat(next).isEqualTo(items);
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    @Property
    void sharesAreWholeGrains(
            @ForAll @IntRange(min = 0) int items,
            @ForAll @IntRange(min = 1, max = 1000) int grain,
            @ForAll @IntRange(min = 1, max = 512) int count) {
        int next = 0;
        for (int index = 0; index < count; index++) {
            var worker = new Worker(index, count, null);
            assertThat(worker.from(items, grain)).isEqualTo(next);
            next = worker.to(items, grain);
            assertThat(next % grain == 0 || next == items).isTrue();
        }
        assertThat(next).isEqualTo(items);
    }
}

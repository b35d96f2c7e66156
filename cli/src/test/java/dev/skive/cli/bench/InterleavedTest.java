package dev.skive.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class InterleavedTest {
    private static final Effort EFFORT =
            new Effort(12, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMillis(30));

    private final List<String> calls = new ArrayList<>();

    @Test
    void contendersTakeTurnsInChangingOrder() {
        var rounds = new AtomicInteger();
        new Interleaved(EFFORT, new Random(1)).measure(List.of(logged("a"), logged("b")), rounds::incrementAndGet);
        assertThat(rounds).hasValue(12);
        assertThat(String.join("", calls)).contains("aaaaabbbbb").contains("bbbbbaaaaa");
    }

    @Test
    void findsTheSlowerContender() {
        ImmutableMap<String, Timing> times =
                new Interleaved(EFFORT, new Random(1))
                        .measure(List.of(pausing("slow", 2_000_000), pausing("fast", 100_000)), () -> {});
        assertThat(times.keySet()).containsExactly("slow", "fast");
        Timing slow = times.getOrDefault("slow", Timing.NONE);
        Timing fast = times.getOrDefault("fast", Timing.NONE);
        assertThat(slow.medianNanos()).isGreaterThan(fast.medianNanos());
        assertThat(slow.minimumMillis()).isGreaterThanOrEqualTo(1.9).isLessThanOrEqualTo(slow.medianMillis());
        assertThat(slow.calls()).isEqualTo(48);
    }

    @Test
    void mediansOfEvenCountsLieBetweenTheMiddleOnes() {
        assertThat(Timing.of(List.of(9L, 1L, 4L))).isEqualTo(new Timing(3, 1, 4));
        assertThat(Timing.of(List.of(9L, 1L, 4L, 5L))).isEqualTo(new Timing(4, 1, 4.5));
    }

    private Contender logged(String name) {
        return new Contender(name, () -> calls.add(name));
    }

    private static Contender pausing(String name, long nanos) {
        return new Contender(
                name,
                () -> {
                    long end = System.nanoTime() + nanos;
                    while (System.nanoTime() < end) {
                        LockSupport.parkNanos(1);
                    }
                });
    }
}

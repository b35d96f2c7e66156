package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WorkerTeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void barriersOrderAllWrites(int size) {
        long[] sums = new long[size * 64];
        long[] totals = new long[size * 64];
        try (var team = new WorkerTeam(size, "test")) {
            for (int run = 0; run < 100_000; run++) {
                long value = run;
                team.run(worker -> {
                    sums[64 * worker.index()] = value + worker.index();
                    worker.barrier();
                    totals[64 * worker.index()] = Arrays.stream(sums).sum();
                    worker.barrier();
                    sums[64 * worker.index()] = 0;
                });
                long expected = size * value + (long) size * (size - 1) / 2;
                for (int i = 0; i < size; i++) {
                    if (totals[64 * i] != expected) {
                        assertThat(totals[64 * i]).as("run %d, worker %d", run, i).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void aTeamLargerThanTheMachineFinishes() {
        var steps = new AtomicInteger();
        try (var team = new WorkerTeam(16, "test")) {
            for (int run = 0; run < 200; run++) {
                team.run(worker -> {
                    for (int i = 0; i < 5; i++) {
                        steps.incrementAndGet();
                        worker.barrier();
                    }
                });
            }
        }
        assertThat(steps.get()).isEqualTo(16 * 200 * 5);
    }

    @Test
    void parkedThreadsWakeUp() throws InterruptedException {
        var runs = new AtomicInteger();
        try (var team = new WorkerTeam(2, "test")) {
            for (int i = 0; i < 50; i++) {
                Thread.sleep(2);
                team.run(worker -> runs.incrementAndGet());
            }
        }
        assertThat(runs.get()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFailureReachesTheCallerAndTheTeamGoesOn(int culprit) {
        try (var team = new WorkerTeam(3, "test")) {
            for (int run = 0; run < 500; run++) {
                var expected = new IllegalArgumentException("run " + run);
                assertThatThrownBy(() ->
                                team.run(worker -> {
                                    worker.barrier();
                                    if (worker.index() == culprit) {
                                        throw expected;
                                    }
                                    worker.barrier();
                                    worker.barrier();
                                }))
                        .isSameAs(expected)
                        .hasNoSuppressedExceptions();
                var workers = new AtomicInteger();
                team.run(worker -> {
                    workers.incrementAndGet();
                    worker.barrier();
                });
                assertThat(workers.get()).isEqualTo(3);
            }
        }
    }

    @Test
    void furtherFailuresAreSuppressedInTheFirst() {
        try (var team = new WorkerTeam(3, "test")) {
            assertThatThrownBy(() ->
                            team.run(worker -> {
                                throw new AssertionError("worker " + worker.index());
                            }))
                    .isInstanceOf(AssertionError.class)
                    .satisfies(thrown -> {
                        Set<String> messages = new HashSet<>(Set.of(thrown.getMessage()));
                        for (Throwable other : thrown.getSuppressed()) {
                            messages.add(other.getMessage());
                        }
                        assertThat(messages).containsExactlyInAnyOrder("worker 0", "worker 1", "worker 2");
                    });
        }
    }

    @Test
    void aSecondCallerRunsAloneWhileTheTeamIsBusy() throws InterruptedException {
        var counts = ConcurrentHashMap.<String>newKeySet();
        var busy = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        try (var team = new WorkerTeam(2, "test")) {
            var first =
                    Thread.ofPlatform()
                            .start(() ->
                                    team.run(worker -> {
                                        busy.countDown();
                                        await(go);
                                        counts.add("first " + worker.count());
                                    }));
            await(busy);
            team.run(worker -> {
                worker.barrier();
                counts.add("second " + worker.index() + " of " + worker.count());
            });
            go.countDown();
            first.join();
        }
        assertThat(counts).containsExactlyInAnyOrder("first 2", "second 0 of 1");
    }

    @Test
    void manyCallersGetTheirOwnResults() throws InterruptedException {
        var wrong = new AtomicInteger();
        try (var team = new WorkerTeam(2, "test")) {
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                int items = 1000 + caller;
                callers.add(Thread.ofPlatform().start(() -> countItems(team, items, wrong)));
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(wrong.get()).isZero();
    }

    private static void countItems(WorkerTeam team, int items, AtomicInteger wrong) {
        for (int run = 0; run < 5000; run++) {
            int[] marks = new int[items];
            team.run(worker -> {
                for (int i = worker.from(items); i < worker.to(items); i++) {
                    marks[i]++;
                }
            });
            if (Arrays.stream(marks).anyMatch(mark -> mark != 1)) {
                wrong.incrementAndGet();
            }
        }
    }

    @Test
    void aTaskMayRunAnotherTaskOnItsTeam() {
        var inner = new AtomicInteger();
        try (var team = new WorkerTeam(2, "test")) {
            team.run(worker -> team.run(alone -> inner.addAndGet(alone.count())));
        }
        assertThat(inner.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClosedTeamRefusesToRun(int size) {
        var team = new WorkerTeam(size, "MiniLm");
        team.run(Worker::barrier);
        team.close();
        team.close();
        assertThatThrownBy(() -> team.run(worker -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MiniLm is closed");
    }

    @Test
    void closeEndsTheThreadsAfterTheRunUnderWay() throws InterruptedException {
        var finished = new AtomicInteger();
        var team = new WorkerTeam(3, "closing");
        team.run(worker -> {
            if (worker.index() == 1) {
                team.close();
            }
            worker.barrier();
            finished.incrementAndGet();
        });
        assertThat(finished.get()).isEqualTo(3);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("closing-")) {
                assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 513})
    void sizesOutOfRangeAreRefused(int size) {
        assertThatThrownBy(() -> new WorkerTeam(size, "test")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsAllocateNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var team = new WorkerTeam(2, "test")) {
            SharedTask task = Worker::barrier;
            for (int run = 0; run < 20_000; run++) {
                team.run(task);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < 10_000; run++) {
                team.run(task);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

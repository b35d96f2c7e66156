package dev.skive.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the workers of a team meet. Arrivals are counted; the last one resets the count and opens the next epoch, for
/// which the others spin. A failure breaks the barrier: it never opens again until it is reset, and all who wait leave.
final class Barrier {
    /// Counters lie this far apart, so that no two share a cache line or a pair of prefetched lines.
    private static final int STRIDE = 32;

    private static final int ARRIVED = STRIDE;
    private static final int EPOCH = 2 * STRIDE;
    private static final int BROKEN = 3 * STRIDE;

    private final int size;
    private final int spins;
    private final AtomicIntegerArray counters = new AtomicIntegerArray(4 * STRIDE);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// A barrier for a number of workers that look this often before they give the processor away.
    Barrier(int size, int spins) {
        this.size = size;
        this.spins = spins;
    }

    /// Waits until all workers are here.
    void await() {
        int epoch = counters.get(EPOCH);
        if (counters.incrementAndGet(ARRIVED) == size) {
            counters.set(ARRIVED, 0);
            counters.set(EPOCH, epoch + 1);
            return;
        }
        for (int turn = 0; counters.getAcquire(EPOCH) == epoch; turn++) {
            if (counters.getAcquire(BROKEN) != 0) {
                throw Broken.INSTANCE;
            }
            Waiting.pause(turn, spins);
        }
    }

    /// Sends all who wait away, because of a failure in one worker. The first failure counts, later ones are added to
    /// it.
    @SuppressWarnings("ReferenceEquality")
    void abandon(Throwable cause) {
        if (cause instanceof Broken) {
            return;
        }
        Throwable first = failure.compareAndExchange(null, cause);
        if (first != null && first != cause) {
            first.addSuppressed(cause);
        }
        counters.set(BROKEN, 1);
    }

    /// The failure of a task that all workers have left, or null; the barrier is whole again afterwards.
    @Nullable Throwable reset() {
        if (counters.getAcquire(BROKEN) == 0) {
            return null;
        }
        counters.set(ARRIVED, 0);
        counters.set(BROKEN, 0);
        return failure.getAndSet(null);
    }

    /// How a worker leaves a broken barrier; without a stack trace, so one is enough.
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("StaticAssignmentOfThrowable")
        private static final Broken INSTANCE = new Broken();

        private Broken() {
            super("another worker failed", null, false, false);
        }
    }
}

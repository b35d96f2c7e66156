package dev.skive.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the workers of a team meet. Arrivals are counted; the last one resets the count and opens the next epoch, for
/// which the others spin. A failure breaks the barrier: it never opens again until it is reset, and all who wait leave.
final class Barrier {
    private final int size;
    private final int spins;
    private final PaddedCounter arrived = new PaddedCounter();
    private final PaddedCounter epoch = new PaddedCounter();
    private final PaddedCounter broken = new PaddedCounter();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// A barrier for a number of workers that look this often before they give the processor away.
    Barrier(int size, int spins) {
        this.size = size;
        this.spins = spins;
    }

    /// Waits until all workers are here.
    void await() {
        int mine = epoch.get();
        if (arrived.increment() == size) {
            arrived.set(0);
            epoch.set(mine + 1);
            return;
        }
        for (int turn = 0; epoch.get() == mine; turn++) {
            if (broken.get() != 0) {
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
        broken.set(1);
    }

    /// The failure of a task that all workers have left, or null; the barrier is whole again afterwards.
    @Nullable Throwable reset() {
        if (broken.get() == 0) {
            return null;
        }
        arrived.set(0);
        broken.set(0);
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

package dev.skive.runtime;

import java.util.concurrent.locks.LockSupport;

/// How a thread waits for another that is about to be done: it spins, then yields, then sleeps in short naps, so that a
/// thread without a processor of its own always gets one.
final class Waiting {
    private static final int SPINS = 1_000;
    private static final int YIELDS = 2_000;
    private static final long NAP_NANOS = 50_000;

    private Waiting() {}

    /// Turns to spin in a team of a size; few when its threads cannot all run at once.
    static int spins(int size) {
        return size <= Runtime.getRuntime().availableProcessors() ? SPINS : 16;
    }

    /// Lets some time pass.
    @SuppressWarnings("ThreadPriorityCheck")
    static void pause(int turn, int spins) {
        if (turn < spins) {
            Thread.onSpinWait();
        } else if (turn < spins + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(Waiting.class, NAP_NANOS);
        }
    }
}

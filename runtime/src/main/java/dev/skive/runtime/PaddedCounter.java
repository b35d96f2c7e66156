package dev.skive.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// A counter that shares no cache line, nor a pair of prefetched lines, with anything else that is written.
final class PaddedCounter {
    private static final int PADDING = 32;

    private final AtomicIntegerArray cells = new AtomicIntegerArray(2 * PADDING);

    int get() {
        return cells.get(PADDING);
    }

    void set(int value) {
        cells.set(PADDING, value);
    }

    int increment() {
        return cells.incrementAndGet(PADDING);
    }
}

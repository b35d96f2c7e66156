package dev.skive.runtime;

import org.jspecify.annotations.Nullable;

/// One member of a team while it runs a task: who it is, which share of the work is its own, and where it meets the
/// others.
public final class Worker {
    /// A worker without a team; barriers do not hold it up.
    static final Worker ALONE = new Worker(0, 1, null);

    private final int index;
    private final int count;
    private final @Nullable Barrier barrier;

    Worker(int index, int count, @Nullable Barrier barrier) {
        this.index = index;
        this.count = count;
        this.barrier = barrier;
    }

    /// The number of this worker, from 0; worker 0 is the calling thread.
    public int index() {
        return index;
    }

    /// The number of workers that run the task.
    public int count() {
        return count;
    }

    /// Waits for all workers. What they wrote before it, all of them see after it. Leaves with an error when another
    /// worker failed; a task must let that pass.
    public void barrier() {
        if (barrier != null) {
            barrier.await();
        }
    }

    /// The first of this worker's share of `items`; shares are contiguous and differ by one item at most.
    public int from(int items) {
        return share(index, items);
    }

    /// One past the last of this worker's share of `items`.
    public int to(int items) {
        return share(index + 1, items);
    }

    /// The first of this worker's share of `items`, when shares are whole multiples of `grain` but for the last one.
    public int from(int items, int grain) {
        return share(index, items, grain);
    }

    /// One past the last of this worker's share of `items`, when shares are whole multiples of `grain` but for the last
    /// one.
    public int to(int items, int grain) {
        return share(index + 1, items, grain);
    }

    private int share(int worker, int items) {
        return (int) ((long) items * worker / count);
    }

    private int share(int worker, int items, int grain) {
        long start = (long) share(worker, Math.ceilDiv(items, grain)) * grain;
        return (int) Math.min(items, start);
    }
}

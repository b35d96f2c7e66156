package dev.skive.runtime;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed team of threads that runs one task at a time: every worker runs the whole task, takes its share by its index,
/// and meets the others at barriers. The calling thread is worker 0; the others are daemon threads.
///
/// Between tasks the threads spin for {@value #IDLE_SPIN_MICROS} microseconds, so that a task that follows at once finds
/// them awake, and then park, so that an idle team costs nothing. A run allocates nothing.
///
/// A call that finds the team busy with another caller does not wait: it runs its task alone, on its own thread. A task
/// must therefore give the same result for any number of workers.
public final class WorkerTeam implements AutoCloseable {
    static final int IDLE_SPIN_MICROS = 50;

    private static final int SPINS_PER_CLOCK_LOOK = 32;

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final String name;
    private final int size;
    private final int spins;
    private final Barrier barrier;
    private final Worker captain;
    private final Member[] members;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final PaddedCounter ticket = new PaddedCounter();
    private final PaddedCounter finished = new PaddedCounter();

    private volatile @Nullable SharedTask task;
    private volatile boolean ended;

    /// A team of a size, the calling thread included; its threads are called `<name>-1` and so on.
    ///
    /// @throws IllegalArgumentException when the size is not in 1 to 512
    public WorkerTeam(int size, String name) {
        if (size < 1 || size > ModelOptions.MAX_THREADS) {
            throw new IllegalArgumentException(
                    "expected 1 to %d workers, found %d".formatted(ModelOptions.MAX_THREADS, size));
        }
        this.size = size;
        this.name = name;
        this.spins = Waiting.spins(size);
        this.barrier = new Barrier(size, spins);
        this.captain = new Worker(0, size, barrier);
        this.members = new Member[size - 1];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(new Worker(i + 1, size, barrier));
        }
        for (Member member : members) {
            member.thread.start();
        }
    }

    /// The number of workers, the caller included.
    public int size() {
        return size;
    }

    /// Runs a task on all workers, or on the calling thread alone when the team is busy, and returns when it is done.
    ///
    /// When a worker throws, the others leave at their next barrier and the caller gets what it threw; what further
    /// workers threw is suppressed in it. The team can be used again afterwards.
    ///
    /// @throws IllegalStateException when the team is closed
    public void run(SharedTask newTask) {
        if (state.get() == State.CLOSED) {
            throw new IllegalStateException("worker team " + name + " is closed");
        }
        if (size == 1 || !state.compareAndSet(State.IDLE, State.BUSY)) {
            newTask.run(Worker.ALONE);
            return;
        }
        Throwable failure;
        try {
            failure = runTogether(newTask);
        } finally {
            if (!state.compareAndSet(State.BUSY, State.IDLE)) {
                end();
            }
        }
        if (failure != null) {
            WorkerTeam.<RuntimeException>rethrow(failure);
        }
    }

    private @Nullable Throwable runTogether(SharedTask newTask) {
        finished.set(0);
        task = newTask;
        ticket.increment();
        for (Member member : members) {
            member.wake();
        }
        attempt(newTask, captain);
        for (int turn = 0; finished.get() < members.length; turn++) {
            Waiting.pause(turn, spins);
        }
        task = null;
        return barrier.reset();
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void attempt(SharedTask shared, Worker worker) {
        try {
            shared.run(worker);
        } catch (Throwable thrown) {
            barrier.abandon(thrown);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /// Ends the threads. A run that is under way finishes first; this call does not wait for it.
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.IDLE) {
            end();
        }
    }

    private void end() {
        ended = true;
        for (Member member : members) {
            member.wake();
        }
    }

    /// A worker with a thread of its own.
    private final class Member implements Runnable {
        private final Worker worker;
        private final Thread thread;
        private volatile boolean parked;

        Member(Worker worker) {
            this.worker = worker;
            this.thread = Thread.ofPlatform().daemon().name(name + "-" + worker.index()).unstarted(this);
        }

        /// To be called after the change that the thread waits for is visible.
        void wake() {
            if (parked) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            int seen = 0;
            while (awaitChange(seen)) {
                seen++;
                SharedTask current = task;
                if (current != null) {
                    attempt(current, worker);
                }
                finished.increment();
            }
        }

        /// Waits for the next task; false when the team has ended.
        private boolean awaitChange(int seen) {
            if (spinForChange(seen)) {
                return ticket.get() != seen;
            }
            parked = true;
            while (ticket.get() == seen && !ended) {
                LockSupport.park(WorkerTeam.this);
                Thread.interrupted(); // an interrupt means nothing here, and would keep the thread from parking
            }
            parked = false;
            return ticket.get() != seen;
        }

        private boolean spinForChange(int seen) {
            if (spins < SPINS_PER_CLOCK_LOOK) {
                return false;
            }
            long start = System.nanoTime();
            do {
                for (int i = 0; i < SPINS_PER_CLOCK_LOOK; i++) {
                    if (ticket.get() != seen || ended) {
                        return true;
                    }
                    Thread.onSpinWait();
                }
            } while (System.nanoTime() - start < IDLE_SPIN_MICROS * 1000L);
            return false;
        }
    }
}

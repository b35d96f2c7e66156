package dev.skive.verify.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs work on a thread that is given up when it takes too long. Java cannot end a thread that does not listen, so it
/// goes on as a daemon until it is done or the process ends.
final class TimeLimit implements AutoCloseable {
    private static final long STACK_BYTES = 16L << 20;

    private ExecutorService thread = start();

    private static ExecutorService start() {
        return Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(null, task, "conformance case", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }

    /// The result of work.
    ///
    /// @throws Throwable what the work throws, whatever it is
    /// @throws TimeoutException when it takes longer than the limit
    <T> T call(Duration limit, Callable<T> work) throws Throwable {
        Future<T> result = thread.submit(work);
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            result.cancel(true);
            thread.shutdownNow();
            thread = start();
            throw e;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package dev.skive.runtime;

/// A piece of work that all workers of a team run together: each takes its share and meets the others at barriers.
@FunctionalInterface
public interface SharedTask {
    /// Does the share of one worker. All workers must pass the same number of barriers.
    void run(Worker worker);
}

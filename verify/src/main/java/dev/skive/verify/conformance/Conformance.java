package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Runs ONNX backend tests. A case that crashes, hangs or runs out of memory fails and the others go on.
///
/// @param options how they are run
/// @param compiler compiles generated models
public record Conformance(ConformanceOptions options, ModelCompiler compiler) {
    /// Compiles generated models together.
    @FunctionalInterface
    public interface ModelCompiler {
        /// The models in the same order.
        ///
        /// @throws AssertionError when one of them does not compile
        List<ModelLoader.Compiled> compile(List<GeneratedModel> models) throws IOException;
    }

    /// A run with the compiler of this JDK.
    public Conformance(ConformanceOptions options) {
        this(options, ModelLoader::compileAll);
    }

    /// Runs cases, some at a time.
    ///
    /// @param finished told of every case when it is done, on any thread
    public ConformanceReport run(List<TestCase> cases, Consumer<CaseResult> finished) {
        var results = new ConcurrentHashMap<String, CaseResult>();
        Consumer<CaseResult> done =
                result -> {
                    if (results.put(result.name(), result) == null) {
                        finished.accept(result);
                    }
                };
        var batches = new ConcurrentLinkedQueue<>(batches(cases));
        List<Thread> workers =
                IntStream.range(0, options.workers())
                        .mapToObj(i ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("conformance " + i)
                                        .start(() -> {
                                            try (var limit = new TimeLimit()) {
                                                work(batches, new CaseBatch(this, limit, done, _ -> {}));
                                            }
                                        }))
                        .toList();
        workers.forEach(Conformance::join);
        runAlone(cases.stream().filter(test -> !results.containsKey(test.name())).toList(), done);
        requireAll(cases, results);
        return ConformanceReport.of(results.values());
    }

    /// Batches small enough that no worker is left with much more than the others.
    private List<List<TestCase>> batches(List<TestCase> cases) {
        int fair = Math.ceilDiv(cases.size(), options.workers());
        return cases.isEmpty() ? List.of() : Lists.partition(cases, Math.min(fair, CaseBatch.CASES));
    }

    private static void work(Queue<List<TestCase>> batches, CaseBatch batch) {
        for (List<TestCase> cases = batches.poll(); cases != null; cases = batches.poll()) {
            try {
                batch.runAll(cases);
            } catch (OutOfMemoryError e) {
                // What is left of the batch runs again alone, as do the cases that found no memory themselves.
            }
        }
    }

    /// Cases that found no memory beside others get all of it.
    private void runAlone(List<TestCase> starved, Consumer<CaseResult> done) {
        try (var limit = new TimeLimit()) {
            var batch = new CaseBatch(this, limit, done, done);
            starved.forEach(test -> batch.runAll(ImmutableList.of(test)));
        }
    }

    private static void requireAll(List<TestCase> cases, Map<String, CaseResult> results) {
        if (results.size() != cases.size()) {
            throw new AssertionError("%d cases, %d results".formatted(cases.size(), results.size()));
        }
    }

    private static void join(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

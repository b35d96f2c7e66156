package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.eval.Precision;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.InterpreterEngine;
import dev.skive.verify.conformance.CaseProgram.Check;
import dev.skive.verify.conformance.CaseResult.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A few dozen cases that go through the compiler together: starting it costs more than compiling a small model. When
/// one of them does not compile, halves are tried until it is alone.
///
/// @param run how the cases are run
/// @param limit gives up what takes too long
/// @param finished told of every case
/// @param starved told of cases that found no memory, which may be the fault of others; they are not finished
record CaseBatch(Conformance run, TimeLimit limit, Consumer<CaseResult> finished, Consumer<CaseResult> starved) {
    /// Cases in a batch.
    static final int CASES = 48;

    private static final long SOURCE_LENGTH = 4_000_000;

    private ConformanceOptions options() {
        return run.options();
    }

    /// Runs cases.
    void runAll(List<TestCase> cases) {
        var group = new ArrayList<CaseProgram>();
        long length = 0;
        for (int i = 0; i < cases.size(); i++) {
            TestCase test = cases.get(i);
            String packageName = "conformance.case" + i;
            Optional<CaseProgram> program = attempt(test, 0, () -> CaseProgram.prepare(test, options(), packageName));
            program.ifPresent(group::add);
            length += program.map(CaseProgram::sourceLength).orElse(0L);
            if (length > SOURCE_LENGTH) {
                finish(group);
                group.clear();
                length = 0;
            }
        }
        finish(group);
    }

    private void finish(List<CaseProgram> programs) {
        if (!options().compiles()) {
            programs.forEach(program -> check(program, program.nanos(), Optional.empty()));
        } else if (!programs.isEmpty()) {
            compile(programs);
        }
    }

    private void compile(List<CaseProgram> programs) {
        ImmutableList<GeneratedModel> generated =
                programs.stream()
                        .flatMap(program -> program.generated().stream())
                        .collect(ImmutableList.toImmutableList());
        long start = System.nanoTime();
        List<ModelLoader.Compiled> compiled;
        try {
            compiled = limit.call(options().timeLimit(), () -> run.compiler().compile(generated));
        } catch (Throwable thrown) {
            if (programs.size() == 1) {
                fail(programs.getFirst().test(), thrown, programs.getFirst().nanos() + System.nanoTime() - start);
            } else {
                compile(programs.subList(0, programs.size() / 2));
                compile(programs.subList(programs.size() / 2, programs.size()));
            }
            return;
        }
        long share = (System.nanoTime() - start) / programs.size();
        for (int i = 0; i < programs.size(); i++) {
            try (ModelLoader.Compiled one = compiled.get(i)) {
                check(programs.get(i), programs.get(i).nanos() + share, Optional.of(one));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void check(CaseProgram program, long nanos, Optional<ModelLoader.Compiled> compiled) {
        long start = System.nanoTime();
        Optional<Check> checked = Optional.of(Check.NONE);
        for (CaseEngine engine : options().engines()) {
            long before = nanos + System.nanoTime() - start;
            Optional<Check> one = attempt(program.test(), before, () -> checkOn(engine, program, compiled));
            if (one.isEmpty()) {
                return;
            }
            checked = checked.map(all -> all.and(one.get()));
        }
        Check all = checked.get();
        finished.accept(
                new CaseResult(
                        program.test().name(),
                        all.agreement().mistake().isPresent() ? Status.FAILED : Status.PASSED,
                        all.agreement().mistake().orElse(all.notes()),
                        all.agreement().maxUlp(),
                        ImmutableList.of(),
                        millis(nanos + System.nanoTime() - start)));
    }

    private Check checkOn(CaseEngine engine, CaseProgram program, Optional<ModelLoader.Compiled> compiled) {
        try (Engine opened = open(engine, program, compiled)) {
            return program.check(opened, options().comparer());
        }
    }

    private static Engine open(CaseEngine engine, CaseProgram program, Optional<ModelLoader.Compiled> compiled) {
        return switch (engine) {
            case INTERPRETER -> new InterpreterEngine(program.graph(), Precision.DECLARED);
            case VECTOR, SCALAR ->
                    new CompiledEngine(compiled.orElseThrow().load(new ModelOptions(1, engine.instructionSet())));
        };
    }

    /// The result of work for a case; empty when it failed, which has been reported then.
    private <T> Optional<T> attempt(TestCase test, long nanos, Callable<T> work) {
        long start = System.nanoTime();
        try {
            return Optional.of(limit.call(options().timeLimit(), work));
        } catch (Throwable thrown) {
            fail(test, thrown, nanos + System.nanoTime() - start);
            return Optional.empty();
        }
    }

    private void fail(TestCase test, Throwable thrown, long nanos) {
        Failure failure = Failure.of(thrown, options());
        ImmutableList<String> operators =
                failure.status() == Status.UNSUPPORTED ? unsupportedOperators(test) : ImmutableList.of();
        var result = new CaseResult(test.name(), failure.status(), failure.reason(), 0, operators, millis(nanos));
        if (thrown instanceof OutOfMemoryError) {
            starved.accept(result);
        } else {
            finished.accept(result);
        }
    }

    private static ImmutableList<String> unsupportedOperators(TestCase test) {
        return CaseModel.open(test.model()).unsupportedOperators();
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}

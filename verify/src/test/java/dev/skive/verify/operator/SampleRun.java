package dev.skive.verify.operator;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Table;
import dev.skive.verify.conformance.CaseEngine;
import dev.skive.verify.conformance.CaseResult;
import dev.skive.verify.conformance.CaseResult.Status;
import dev.skive.verify.conformance.CaseTree;
import dev.skive.verify.conformance.Conformance;
import dev.skive.verify.conformance.ConformanceOptions;
import dev.skive.verify.conformance.ConformanceReport;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What became of all samples on all engines.
///
/// @param cases the samples
/// @param results by the name of the case
record SampleRun(ImmutableList<SampleCase> cases, Table<String, CaseEngine, CaseResult> results) {
    private static final String RANDOM = "is random: only type and sizes compared";

    /// Runs all samples. Those of one form of an operator go into one model, because that compiles much faster; when
    /// that model does not pass on all engines, each sample is run alone on each of them.
    ///
    /// @param operators the names of the operators
    /// @param isFull whether samples are made for all their element types, instead of a few
    /// @param folder keeps the models and their values
    static SampleRun of(Pattern operators, boolean isFull, Path folder) {
        ImmutableList<SampleCase> cases = SampleCases.all(operators, isFull, folder);
        ImmutableListMultimap<String, SampleCase> groups = Multimaps.index(cases, SampleCase::group);
        Path together = folder.resolve("together");
        groups.asMap().forEach((name, group) -> writeTogether(together, name, group));
        Set<String> passed =
                run(together, CaseEngine.values()).results().stream()
                        .filter(SampleRun::isPassed)
                        .map(CaseResult::name)
                        .collect(Collectors.toSet());
        Path alone = folder.resolve("alone");
        List<SampleCase> others = cases.stream().filter(one -> !isIn(passed, one)).toList();
        others.forEach(one -> SampleCase.write(alone, one.name(), List.of(one)));
        var results = ImmutableTable.<String, CaseEngine, CaseResult>builder();
        for (CaseEngine engine : CaseEngine.values()) {
            cases.stream()
                    .filter(one -> isIn(passed, one))
                    .forEach(one -> results.put(one.name(), engine, passed(one)));
            if (!others.isEmpty()) {
                run(alone, engine).results().forEach(result -> results.put(result.name(), engine, result));
            }
        }
        return new SampleRun(cases, results.buildOrThrow());
    }

    /// Samples for which nothing is expected fail in any case, so they do not go with the others.
    private static void writeTogether(Path root, String name, Collection<SampleCase> group) {
        List<SampleCase> known = group.stream().filter(one -> !one.expected().isEmpty()).toList();
        if (!known.isEmpty()) {
            SampleCase.write(root, name, known);
        }
    }

    private static boolean isIn(Set<String> passed, SampleCase one) {
        return passed.contains(one.group()) && !one.expected().isEmpty();
    }

    private static ConformanceReport run(Path root, CaseEngine... engines) {
        return new Conformance(ConformanceOptions.of(engines)).run(new CaseTree(root).cases(_ -> true), _ -> {});
    }

    /// Whether everything was compared and agrees; of random outputs, type and sizes.
    static boolean isPassed(CaseResult result) {
        return result.status() == Status.PASSED
                && Splitter.on("; ")
                        .splitToStream(result.reason())
                        .allMatch(note -> note.isEmpty() || note.endsWith(RANDOM));
    }

    private static CaseResult passed(SampleCase one) {
        return new CaseResult(one.name(), Status.PASSED, "", 0, ImmutableList.of(), 0);
    }
}

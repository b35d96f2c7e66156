package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Progress;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.cli.model.CaseFilter;
import dev.skive.cli.model.TimeSpan;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.file.ReplacedFile;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.verify.conformance.CaseEngine;
import dev.skive.verify.conformance.CaseResult;
import dev.skive.verify.conformance.CaseResult.Status;
import dev.skive.verify.conformance.CaseTree;
import dev.skive.verify.conformance.Conformance;
import dev.skive.verify.conformance.ConformanceOptions;
import dev.skive.verify.conformance.ConformanceReport;
import dev.skive.verify.conformance.ExpectTable;
import dev.skive.verify.conformance.JUnitXml;
import dev.skive.verify.conformance.TestCase;
import dev.skive.verify.conformance.ValueComparer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a tree of ONNX backend tests.
@Command(
        name = "conformance",
        description = "Run a tree of ONNX backend tests: folders with model.onnx and test_data_set_*.")
public final class ConformanceVerb extends Verb {
    @Parameters(paramLabel = "DIR", description = "The folder; cases may lie at any depth.")
    private Path folder = Path.of("");

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "ENGINES",
            defaultValue = "vector",
            description = "${COMPLETION-CANDIDATES}; a case has to pass on all (default: ${DEFAULT-VALUE}).")
    private List<CaseEngine> engines = new ArrayList<>();

    @Option(
            names = "--pipeline",
            paramLabel = "PASSES",
            description = "Passes before a model is run, for example simplify,fuse (default: none).")
    private @Nullable String pipeline;

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            converter = CaseFilter.Converter.class,
            description = "Only cases with such names: '*conv*', or a regular expression '/conv[0-9]/'.")
    private CaseFilter filter = CaseFilter.ALL;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "60s",
            description = "A case that takes longer fails: 60s, 500ms, 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeLimit = Duration.ofMinutes(1);

    @Option(names = "--rtol", paramLabel = "R", description = "Largest relative difference of floats (default: 1e-3).")
    private double rtol = ValueComparer.DEFAULT.rtol();

    @Option(names = "--atol", paramLabel = "A", description = "Absolute difference added to it (default: 1e-7).")
    private double atol = ValueComparer.DEFAULT.atol();

    @Option(names = "--jobs", paramLabel = "N", description = "Cases at a time (default: the processors, at most 4).")
    private int jobs = ConformanceOptions.usualWorkers();

    @Option(names = "--strict", description = "Unsupported cases fail the run too.")
    private boolean strict;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the report as JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--write-expect", paramLabel = "FILE", description = "Write a table of cases and their status.")
    private @Nullable Path writeExpect;

    @Option(
            names = "--expect-file",
            paramLabel = "FILE",
            description = "Compare with such a table: fail only when a case ends worse than it says.")
    private @Nullable Path expectFile;

    /// The verb, printing to these streams.
    public ConformanceVerb(Streams streams) {
        super(streams);
    }

    /// The report on a run.
    ///
    /// @param folder where the cases are
    /// @param engine what ran them
    /// @param pipeline the passes, with all options
    /// @param passed number of cases that passed
    /// @param partial number of those in which something could not be compared
    /// @param failed number of cases that failed
    /// @param unsupported number of cases that are not supported
    /// @param maxUlp most steps between two real elements in a case that passed
    /// @param milliseconds time the run took
    /// @param unsupportedReasons number of cases by reason
    /// @param changes how the run differs from the table of `--expect-file`
    /// @param cases what became of each case
    record Report(
            String folder,
            String engine,
            String pipeline,
            int passed,
            int partial,
            int failed,
            int unsupported,
            long maxUlp,
            long milliseconds,
            ImmutableMap<String, Integer> unsupportedReasons,
            ExpectTable.@Nullable Changes changes,
            ImmutableList<Line> cases) {}

    /// What became of one case.
    ///
    /// @param name the case
    /// @param status passed, failed or unsupported
    /// @param reason why, or what was not compared
    /// @param maxUlp most steps between two real elements
    /// @param milliseconds time it took
    record Line(String name, String status, String reason, long maxUlp, long milliseconds) {
        static Line of(CaseResult result) {
            return new Line(
                    result.name(), result.status().toString(), result.reason(), result.maxUlp(), result.milliseconds());
        }
    }

    @Override
    int run(Console console) throws IOException {
        ConformanceOptions options = options(console);
        Optional<ExpectTable> expected = expectFile == null ? Optional.empty() : Optional.of(table(expectFile));
        List<TestCase> cases = new CaseTree(folder).cases(filter);
        if (cases.isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE, "no case below '%s' matches '%s'".formatted(folder, filter.text()));
        }
        long start = System.nanoTime();
        ConformanceReport report;
        try (Progress progress = console.progress("conformance", cases.size())) {
            report =
                    new Conformance(options)
                            .run(
                                    cases,
                                    done -> {
                                        progress.say(done.name());
                                        progress.step();
                                    });
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        write(report);
        ExpectTable.Changes changes = expected.map(table -> table.changes(report, filter)).orElse(null);
        print(report, changes, milliseconds, console);
        console.json(json(report, options, changes, milliseconds));
        return changes == null ? verdict(report) : changes.regressions().isEmpty() ? OK : FAILED;
    }

    private int verdict(ConformanceReport report) {
        boolean failed = report.count(Status.FAILED) > 0 || (strict && report.count(Status.UNSUPPORTED) > 0);
        return failed ? FAILED : OK;
    }

    private ConformanceOptions options(Console console) {
        if (jobs < 1 || !(rtol >= 0) || !(atol >= 0)) {
            throw new SkiveException(ExitCode.USAGE, "--jobs takes at least 1, --rtol and --atol at least 0");
        }
        return new ConformanceOptions(
                ImmutableList.copyOf(engines),
                Optional.ofNullable(pipeline).map(text -> Pipeline.parse(text, PassRegistry.load())),
                timeLimit,
                new ValueComparer(rtol, atol),
                jobs,
                console.seed());
    }

    private String engineNames() {
        return engines.stream().map(CaseEngine::toString).collect(Collectors.joining(","));
    }

    private static ExpectTable table(Path file) throws IOException {
        return ExpectTable.parse(Files.readAllLines(file));
    }

    private void write(ConformanceReport report) throws IOException {
        if (junit != null) {
            var text = new StringWriter();
            try {
                new JUnitXml(report, "skive conformance " + engineNames()).write(text);
            } catch (XMLStreamException e) {
                throw new AssertionError("writing XML to memory cannot fail", e);
            }
            write(junit, text.toString());
        }
        if (writeExpect != null) {
            write(writeExpect, ExpectTable.of(report).text());
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (var replaced = new ReplacedFile(file)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                replaced.channel().write(bytes);
            }
            replaced.commit();
        }
    }

    private void print(
            ConformanceReport report, ExpectTable.@Nullable Changes changes, long milliseconds, Console console) {
        for (CaseResult result : report.results()) {
            String reason = result.reason().isEmpty() ? "" : ": " + result.reason();
            console.print("%-11s %s%s".formatted(result.status(), result.name(), reason));
        }
        console.print("");
        printReasons(report, console);
        if (changes != null) {
            changes.improvements().forEach(change -> console.print("improved    " + change));
            changes.unknown().forEach(change -> console.print("new         " + change));
            changes.regressions().forEach(change -> console.error("regression: " + change));
            console.conclude(
                    "%d regressions, %d improvements, %d cases that %s does not have"
                            .formatted(
                                    changes.regressions().size(),
                                    changes.improvements().size(),
                                    changes.unknown().size(),
                                    expectFile));
        }
        console.conclude(
                "%d cases on %s: %d passed (%d of them not compared in full), %d failed, %d unsupported; max ulp %d; %.1f s"
                        .formatted(
                                report.results().size(),
                                engineNames(),
                                report.count(Status.PASSED),
                                report.partial(),
                                report.count(Status.FAILED),
                                report.count(Status.UNSUPPORTED),
                                report.maxUlp(),
                                milliseconds / 1e3));
    }

    private static void printReasons(ConformanceReport report, Console console) {
        ImmutableMap<String, Integer> reasons = report.unsupportedReasons();
        if (!reasons.isEmpty()) {
            var table = new Table("cases", "unsupported because of");
            reasons.forEach((reason, count) -> table.row(count, reason));
            console.print(table.toString());
            console.print("");
        }
    }

    private Report json(
            ConformanceReport report,
            ConformanceOptions options,
            ExpectTable.@Nullable Changes changes,
            long milliseconds) {
        return new Report(
                folder.toString(),
                engineNames(),
                options.pipeline().map(Pipeline::toString).orElse(""),
                report.count(Status.PASSED),
                report.partial(),
                report.count(Status.FAILED),
                report.count(Status.UNSUPPORTED),
                report.maxUlp(),
                milliseconds,
                report.unsupportedReasons(),
                changes,
                report.results().stream().map(Line::of).collect(ImmutableList.toImmutableList()));
    }
}

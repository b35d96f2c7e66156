package dev.skive.verify.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.verify.conformance.CaseEngine;
import dev.skive.verify.conformance.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatorTableTest {
    private static final Path TABLE = Path.of("..", "docs", "operators.md");

    /// Operators that ONNX Runtime has in the standard domain, and the standard has not, or no longer.
    private static final Set<String> EXPERIMENTS =
            Set.of(
                    "Affine",
                    "Crop",
                    "DynamicSlice",
                    "ImageScaler",
                    "ParametricSoftplus",
                    "Scale",
                    "ScaledTanh",
                    "SimplifiedLayerNormalization");

    /// Runs a few element types of every sample, all with `-Dskive.full=true`. Run with `-Dskive.goldens=write` to rewrite
    /// the table on purpose; `target/operator-samples.txt` then says why samples do not pass. With
    /// `-Dskive.samples=DIR` their models and values stay there, for `skive conformance`.
    @Test
    void theTableSaysWhatSamplesShow(@TempDir Path folder) throws IOException {
        boolean writes = System.getProperty("skive.goldens", "").equals("write");
        boolean isFull = writes || Boolean.getBoolean("skive.full");
        String kept = System.getProperty("skive.samples", "");
        SampleRun run = SampleRun.of(Pattern.compile(".*"), isFull, kept.isEmpty() ? folder : Path.of(kept));
        String found = new OperatorTable(run).text();
        if (writes) {
            Files.writeString(TABLE, found);
            Files.writeString(Path.of("target", "operator-samples.txt"), reasons(run));
        }
        String documented = Files.readString(TABLE);
        if (isFull) {
            assertThat(found.lines())
                    .as("docs/operators.md; %s", reasons(run))
                    .containsExactlyElementsOf(documented.lines().toList());
        } else {
            assertThat(TableRow.contradictions(found, documented)).as("docs/operators.md; %s", reasons(run)).isEmpty();
        }
    }

    /// For work on operators, `-Dskive.operators=REGEX` names them; then all their element types are tried.
    @Test
    void theUsualOperatorsPass(@TempDir Path folder) {
        var operators = Pattern.compile(System.getProperty("skive.operators", "Add|Conv|MatMul|Reshape"));
        SampleRun run = SampleRun.of(operators, true, folder);
        assertThat(run.results().values()).as(reasons(run)).isNotEmpty().allMatch(SampleRun::isPassed);
    }

    /// What does not pass, for whoever has to look into it.
    private static String reasons(SampleRun run) {
        return run.results().cellSet().stream()
                .filter(cell -> !SampleRun.isPassed(requireNonNull(cell.getValue())))
                .sorted(Comparator.comparing(cell -> cell.getRowKey()))
                .map(cell ->
                        "%s on %s %s: %s"
                                .formatted(
                                        cell.getRowKey(),
                                        cell.getColumnKey(),
                                        status(requireNonNull(cell.getValue())),
                                        requireNonNull(cell.getValue()).reason()))
                .collect(Collectors.joining("\n", "samples that do not pass:\n", "\n"));
    }

    private static String status(CaseResult result) {
        return result.status().toString();
    }

    /// An operator that is neither in the list nor one of ONNX Runtime would have no row.
    @Test
    void theListKnowsEveryStandardOperator() {
        Set<String> listed = OnnxOperator.all().stream().map(OnnxOperator::name).collect(Collectors.toSet());
        assertThat(Operators.names())
                .filteredOn(name -> !name.contains(".") && !EXPERIMENTS.contains(name))
                .isSubsetOf(listed);
        assertThat(CaseEngine.values()).hasSize(3);
    }

    @Test
    void formsBeginWithTheOldestOpset() {
        OnnxOperator upsample = named("Upsample");
        assertThat(upsample.forms()).containsExactly(new OnnxOperator.Form(7, 8), new OnnxOperator.Form(9, 9));
        assertThat(named("Add").forms())
                .containsExactly(
                        new OnnxOperator.Form(7, 12), new OnnxOperator.Form(13, 13), new OnnxOperator.Form(14, 27));
        assertThat(named("Softplus").forms().getFirst().opset()).isEqualTo(7);
        assertThat(OnnxOperator.all())
                .isSortedAccordingTo(Comparator.comparing(OnnxOperator::domain).thenComparing(OnnxOperator::name));
    }

    private static OnnxOperator named(String name) {
        return OnnxOperator.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}

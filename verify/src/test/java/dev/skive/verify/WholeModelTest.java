package dev.skive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.InputKind;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real models, imported and interpreted, against ONNX Runtime on the file.
final class WholeModelTest {
    private static final int VOCABULARY = 30_522;
    private static final double OUR_ROUNDING = 4;

    @ParameterizedTest
    @EnumSource
    void theInterpreterAgreesWithOnnxRuntime(EmbeddingModel model) {
        Graph graph = GraphVerifier.verify(new OnnxImporter().read(model.file()));
        List<Case> cases = Case.grid(sizes(graph, List.of(1L, 2L), List.of(1L, 7L)), 1);
        try (OrtReference reference = OrtReference.open(model.file(), OrtOptions.DEFAULT)) {
            var exact = new InterpreterEngine(graph, Precision.DOUBLE);
            var check = new EquivalenceCheck(reference, exact, new InputGenerator(graph), Tolerance.FLOAT32);
            EquivalenceReport report = check.run(cases);
            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    /// The declared precision rounds at every operator, so its error is that of an engine without fusion.
    @ParameterizedTest
    @EnumSource
    void theRefereeFindsBothEnginesAboutEquallyFarFromTheTruth(EmbeddingModel model) {
        Graph graph = new OnnxImporter().read(model.file());
        List<Case> cases = Case.grid(sizes(graph, List.of(2L), List.of(9L)), 5);
        try (OrtReference reference = OrtReference.open(model.file(), OrtOptions.DEFAULT)) {
            var rounded = new InterpreterEngine(graph, Precision.DECLARED);
            var check =
                    new EquivalenceCheck(
                            reference,
                            rounded,
                            new InputGenerator(graph),
                            Tolerance.FLOAT32.withErrorRatio(OUR_ROUNDING),
                            Optional.of(new Referee(graph)));
            EquivalenceReport report = check.run(cases);
            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theInputsAreUnderstood(EmbeddingModel model) {
        Graph graph = new OnnxImporter().read(model.file());
        var kinds = new InputGenerator(graph).kinds();
        assertThat(kinds.keySet()).containsExactlyInAnyOrder("input_ids", "attention_mask", "token_type_ids");
        assertThat(kinds.get("attention_mask")).isEqualTo(new InputKind.Mask());
        assertThat(kinds.get("input_ids")).hasToString("Indices[size=" + VOCABULARY + "]");
        assertThat(kinds.get("token_type_ids")).hasToString("Indices[size=2]");
    }

    /// The values the two symbols of the inputs `[batch, sequence]` take.
    private static Map<String, List<Long>> sizes(Graph graph, List<Long> batches, List<Long> sequences) {
        var symbols =
                graph.inputs().stream()
                        .flatMap(input -> input.shape().dims().stream())
                        .flatMap(dim -> dim.asSymbol().stream())
                        .distinct()
                        .collect(Collectors.toList());
        assertThat(symbols).hasSize(2);
        return ImmutableMap.of(symbols.get(0), batches, symbols.get(1), sequences);
    }
}

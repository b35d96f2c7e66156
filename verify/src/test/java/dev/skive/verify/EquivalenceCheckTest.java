package dev.skive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EquivalenceCheckTest {
    private static final Graph MODEL = SmallModels.encoder();
    private static final ImmutableList<Case> CASES =
            Case.grid(Map.of("batch", List.of(1L, 3L), "sequence", List.of(1L, 5L)), 11);

    /// The interpreter, its outputs changed.
    private record Changed(UnaryOperator<Map<String, Tensor>> change) implements Engine {
        @Override
        public String name() {
            return "changed";
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return change.apply(exact().run(inputs));
        }
    }

    private static InterpreterEngine exact() {
        return new InterpreterEngine(MODEL, Precision.DOUBLE);
    }

    private static Tensor scaled(Tensor tensor, double factor) {
        double[] values = Arrays.stream(tensor.reals()).map(value -> value * factor).toArray();
        return Tensor.ofReals(tensor.element(), values, tensor.sizes());
    }

    private static Engine scaledBy(double factor) {
        return new Changed(outputs -> Maps.transformValues(outputs, tensor -> scaled(tensor, factor)));
    }

    private static EquivalenceReport check(Engine reference, Engine candidate, Tolerance tolerance) {
        Optional<Referee> referee =
                tolerance.errorRatio().isPresent() ? Optional.of(new Referee(MODEL)) : Optional.empty();
        return new EquivalenceCheck(reference, candidate, new InputGenerator(MODEL), tolerance, referee).run(CASES);
    }

    @Test
    void onnxRuntimeAndTheInterpreterAgree(@TempDir Path folder) {
        try (OrtReference reference = OrtReference.open(SmallModels.file(MODEL, folder), OrtOptions.DEFAULT)) {
            EquivalenceReport report = check(reference, exact(), Tolerance.FLOAT32.withErrorRatio(1));
            assertThat(report.passed()).as(report.toString()).isTrue();
            assertThat(report.rows()).hasSize(8);
            assertThat(report.toString())
                    .contains("pass  batch=1 sequence=1 full masks, seed 11  last_hidden_state: relative L2 ")
                    .endsWith("interpreter (double) against onnxruntime: 8 of 8 cases pass");
        }
    }

    @Test
    void aWrongEngineFails() {
        EquivalenceReport report = check(exact(), scaledBy(1.001), Tolerance.FLOAT32);
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).hasSize(8);
        assertThat(report.toString()).contains("FAIL  batch=3 sequence=5 padded masks");
        assertThat(check(exact(), scaledBy(1.001), Tolerance.relativeL2(0.0011)).passed()).isTrue();
    }

    @Test
    void anEngineFartherFromTheTruthThanAllowedFails() {
        Tolerance loose = Tolerance.relativeL2(0.1);
        Engine reference = scaledBy(1 + 1e-6);
        assertThat(check(reference, scaledBy(1 + 1.9e-6), loose.withErrorRatio(2)).passed()).isTrue();
        EquivalenceReport report = check(reference, scaledBy(1 + 3e-6), loose.withErrorRatio(2));
        assertThat(report.passed()).isFalse();
        assertThat(report.toString()).contains("error 3e-06, reference 1e-06, ratio 3.00".replace("e-06", ".00e-06"));
        assertThat(check(exact(), reference, loose.withErrorRatio(2)).passed()).isFalse();
    }

    @Test
    void missingAndMisshapenOutputsFail() {
        assertThat(check(exact(), new Changed(_ -> Map.of()), Tolerance.relativeL2(1)).toString())
                .contains("last_hidden_state: the output is missing");
        Engine flat = new Changed(outputs -> Maps.transformValues(outputs, tensor -> tensor.reshape(tensor.count())));
        EquivalenceReport report = check(exact(), flat, Tolerance.relativeL2(1).withErrorRatio(2));
        assertThat(report.failures()).hasSize(8);
        assertThat(report.toString()).contains("found f32[6], reference f32[1,1,6]");
    }

    @Test
    void whatCannotRunIsAFailure() {
        Engine broken =
                new Changed(_ -> {
                    throw new SkiveException(ExitCode.INTERNAL, "no such kernel");
                });
        EquivalenceReport report = check(exact(), broken, Tolerance.relativeL2(1));
        assertThat(report.passed()).isFalse();
        assertThat(report.toString()).contains("could not run: no such kernel").endsWith("0 of 8 cases pass");
        var nothing = new EquivalenceCheck(exact(), exact(), new InputGenerator(MODEL), Tolerance.EXACT).run(List.of());
        assertThat(nothing.passed()).isFalse();
        var noOutputs = new Changed(_ -> Map.of());
        assertThat(check(noOutputs, noOutputs, Tolerance.EXACT).passed()).isFalse();
    }

    @Test
    void anErrorRatioNeedsAReferee() {
        assertThatThrownBy(() ->
                        new EquivalenceCheck(
                                exact(), exact(), new InputGenerator(MODEL), Tolerance.FLOAT32.withErrorRatio(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an error ratio needs a referee");
    }

    @Test
    void aGridHasEveryCombination() {
        assertThat(CASES).hasSize(8).doesNotHaveDuplicates();
        assertThat(CASES.stream().map(Case::masks)).filteredOn(Masks.PADDED::equals).hasSize(4);
        assertThat(CASES.getFirst()).hasToString("batch=1 sequence=1 full masks, seed 11");
    }
}

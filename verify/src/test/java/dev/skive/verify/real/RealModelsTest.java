package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.Referee;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real models, compiled, against ONNX Runtime; the double-precision interpreter decides when the two
/// differ by more than rounding, because ONNX Runtime's sigmoid has an absolute error that is large for small results.
final class RealModelsTest {
    private static final List<InstructionSet> KERNELS = List.of(InstructionSet.VECTOR, InstructionSet.SCALAR);

    /// Of our error and that of ONNX Runtime.
    private static final double LARGEST_RATIO = 2;

    @ParameterizedTest
    @EnumSource
    void equalOnnxRuntimeOnAnyNumberOfThreads(RealModel model) {
        Graph graph = model.graph();
        ModelLoader.Compiled compiled = RealRun.compile(graph);
        List<Map<String, Tensor>> inputs = model.inputs(graph);
        var referee = new Referee(graph);
        var mistakes = new ArrayList<String>();
        try (OrtReference reference = OrtReference.open(model.file(), model.options())) {
            List<Map<String, Tensor>> expected = new ArrayList<>();
            inputs.forEach(input -> expected.add(reference.run(input)));
            for (InstructionSet set : KERNELS) {
                try (var alone = new CompiledEngine(compiled.load(new ModelOptions(1, set)));
                        var two = new CompiledEngine(compiled.load(new ModelOptions(2, set)))) {
                    for (int i = 0; i < inputs.size(); i++) {
                        Map<String, Tensor> found = alone.run(inputs.get(i));
                        String where = set + ", inputs " + i + ": ";
                        mistakes(inputs.get(i), expected.get(i), found, referee)
                                .forEach(mistake -> mistakes.add(where + mistake));
                        if (!two.run(inputs.get(i)).equals(found)) {
                            mistakes.add(where + "two threads give other bits");
                        }
                    }
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    private static List<String> mistakes(
            Map<String, Tensor> inputs, Map<String, Tensor> expected, Map<String, Tensor> found, Referee referee) {
        List<String> far =
                Comparer.compare(expected, found).stream()
                        .filter(comparison -> !comparison.isWithin(Tolerance.FLOAT32))
                        .map(Object::toString)
                        .toList();
        if (far.isEmpty()) {
            return far;
        }
        return Referee.judge(referee.truth(inputs), expected, found).stream()
                .filter(judgement -> judgement.ratio() > LARGEST_RATIO)
                .map(Object::toString)
                .toList();
    }

    /// The interpreter, on the smallest inputs.
    @ParameterizedTest
    @EnumSource(
            value = RealModel.class,
            names = {"SILERO_5", "SILERO_6", "DETYPIFY", "WAKE_JARVIS", "MNIST", "VIT", "GPT", "STORIES", "TERNARY"})
    void theInterpreterAgreesWithTheScalarCode(RealModel model) {
        Graph graph = model.graph();
        Map<String, Tensor> inputs = model.inputs(graph).getFirst();
        try (Engine scalar =
                new CompiledEngine(RealRun.compile(graph).load(new ModelOptions(1, InstructionSet.SCALAR)))) {
            assertThat(Comparer.compare(new Referee(graph).truth(inputs), scalar.run(inputs)))
                    .isNotEmpty()
                    .allMatch(comparison -> comparison.isWithin(Tolerance.FLOAT32));
        }
    }
}

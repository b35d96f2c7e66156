package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.Judgement;
import dev.skive.verify.Referee;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real models, compiled and interpreted, against ONNX Runtime.
///
/// Where a compiled model and ONNX Runtime differ by more than rounding, the double-precision interpreter decides: ONNX
/// Runtime's sigmoid has an absolute error that is large for small results. The interpreter itself has to agree with one
/// of the two on every output, on the smallest inputs.
final class RealModelsTest {
    private static final List<InstructionSet> KERNELS = List.of(InstructionSet.VECTOR, InstructionSet.SCALAR);

    /// Of our error and that of ONNX Runtime.
    private static final double LARGEST_RATIO = 2;

    @ParameterizedTest
    @EnumSource
    void allEnginesAgreeOnAnyNumberOfThreads(RealModel model) {
        assumeTrue(RealRun.FULL || !model.isLong(), "not run without -Dskive.full=true");
        Graph graph = model.graph();
        ModelLoader.Compiled compiled = RealRun.compile(graph);
        List<Map<String, Tensor>> inputs = model.inputs(graph);
        var mistakes = new ArrayList<String>();
        for (int i = 0; i < inputs.size(); i++) {
            var trial = new Trial(graph, inputs.get(i), expected(model, inputs.get(i)));
            for (InstructionSet set : KERNELS) {
                try (var alone = new CompiledEngine(compiled.load(new ModelOptions(1, set)));
                        var two = new CompiledEngine(compiled.load(new ModelOptions(2, set)))) {
                    String where = model + ", inputs " + i + ", " + set;
                    Map<String, Tensor> found = alone.run(trial.inputs());
                    mistakes.addAll(trial.mistakes(where, found));
                    if (!two.run(trial.inputs()).equals(found)) {
                        mistakes.add(where + ": two threads give other bits");
                    }
                    if (i == 0 && set == InstructionSet.SCALAR && model.isInterpreted()) {
                        mistakes.addAll(trial.interpretation(model.toString(), found));
                    }
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    private static Map<String, Tensor> expected(RealModel model, Map<String, Tensor> inputs) {
        try (Engine reference = OrtReference.open(model.file(), model.options())) {
            return reference.run(inputs);
        }
    }

    /// One set of inputs.
    ///
    /// @param inputs the inputs
    /// @param expected the outputs of ONNX Runtime
    /// @param truth the outputs of the interpreter in double precision, computed when asked for
    private record Trial(
            Map<String, Tensor> inputs, Map<String, Tensor> expected, Supplier<Map<String, Tensor>> truth) {
        Trial(Graph graph, Map<String, Tensor> inputs, Map<String, Tensor> expected) {
            this(inputs, expected, Suppliers.memoize(() -> new Referee(graph).truth(inputs)));
        }

        /// What is wrong with the outputs of a compiled model. Prints how far they are from those of ONNX Runtime.
        List<String> mistakes(String where, Map<String, Tensor> found) {
            var mistakes = new ArrayList<String>();
            for (Comparison comparison : Comparer.compare(expected, found)) {
                if (comparison.isWithin(Tolerance.FLOAT32)) {
                    RealRun.print(where + ", " + comparison);
                    continue;
                }
                Optional<Judgement> judgement =
                        Referee.judge(truth.get(), expected, found).stream()
                                .filter(one -> one.output().equals(comparison.output()))
                                .findFirst();
                String judged = judgement.map(one -> "; " + one).orElse("");
                RealRun.print(where + ", " + comparison + judged);
                if (judgement.isEmpty() || !(judgement.get().ratio() <= LARGEST_RATIO)) {
                    mistakes.add(where + ", " + comparison + judged);
                }
            }
            return mistakes;
        }

        /// The outputs on which the interpreter agrees neither with ONNX Runtime nor with the compiled model.
        List<String> interpretation(String where, Map<String, Tensor> scalar) {
            ImmutableList<Comparison> reference = Comparer.compare(expected, truth.get());
            ImmutableList<Comparison> compiled = Comparer.compare(scalar, truth.get());
            var mistakes = new ArrayList<String>();
            for (int i = 0; i < reference.size(); i++) {
                RealRun.print(where + ", interpreter, " + reference.get(i));
                if (!reference.get(i).isWithin(Tolerance.FLOAT32) && !compiled.get(i).isWithin(Tolerance.FLOAT32)) {
                    mistakes.add(where + ", interpreter, " + reference.get(i) + "; compiled " + compiled.get(i));
                }
            }
            return mistakes;
        }
    }
}

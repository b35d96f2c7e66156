package dev.skive.verify.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.SmallModels;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineActivationsTest {
    private static final int SAMPLES = 3;
    private static final EngineFactory VECTOR = new CompiledFactory(new ModelOptions(2, InstructionSet.VECTOR));
    private static final EngineFactory SCALAR = new CompiledFactory(new ModelOptions(1, InstructionSet.SCALAR));

    /// Samples of different lengths; counts how many were made.
    private static Samples samples(Graph graph, AtomicInteger made) {
        return () ->
                Stream.iterate(1L, size -> size + 1)
                        .limit(SAMPLES)
                        .map(size -> {
                            made.incrementAndGet();
                            var sizes = ImmutableMap.of("batch", 1L, "sequence", size);
                            return new InputGenerator(graph).generate(sizes, Masks.FULL, size);
                        });
    }

    private static List<ImmutableList<Tensor>> seen(EngineFactory factory, Graph graph, ImmutableList<Value> values) {
        var seen = new ArrayList<ImmutableList<Tensor>>();
        new EngineActivations(factory, samples(graph, new AtomicInteger())).visit(graph, values, seen::add);
        return seen;
    }

    /// Every value of the graph that is computed, the same one twice, and inputs.
    @Test
    void engineOfOnnxRuntimeAndCompiledModelShowTheSameValues() {
        for (Graph graph : List.of(SmallModels.linear(), SmallModels.encoder())) {
            var values =
                    ImmutableList.<Value>builder()
                            .addAll(graph.inputs())
                            .addAll(
                                    graph.nodes().stream()
                                            .filter(node -> !node.operands().isEmpty())
                                            .map(node -> node.result())
                                            .toList())
                            .addAll(graph.outputs().values())
                            .build();
            List<ImmutableList<Tensor>> expected = seen(OrtFactory.DEFAULT, graph, values);
            assertThat(expected).hasSize(SAMPLES);
            for (EngineFactory factory : List.of(VECTOR, SCALAR)) {
                List<ImmutableList<Tensor>> found = seen(factory, graph, values);
                for (int sample = 0; sample < SAMPLES; sample++) {
                    for (int i = 0; i < values.size(); i++) {
                        var comparison =
                                Comparer.compare("value " + i, expected.get(sample).get(i), found.get(sample).get(i));
                        assertThat(comparison.isWithin(Tolerance.FLOAT32)).as("%s", comparison).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void readsASampleOnlyWhenTheOneBeforeWasSeen() {
        Graph graph = SmallModels.linear();
        var made = new AtomicInteger();
        var seen = new AtomicInteger();

        new EngineActivations(OrtFactory.DEFAULT, samples(graph, made))
                .visit(
                        graph,
                        ImmutableList.copyOf(graph.outputs().values()),
                        values -> assertThat(made.get()).isEqualTo(seen.incrementAndGet()));

        assertThat(seen).hasValue(SAMPLES);
    }

    @Test
    void saysThatThereIsNoSample() {
        Graph graph = SmallModels.linear();
        var empty = new EngineActivations(OrtFactory.DEFAULT, Stream::empty);

        assertThatThrownBy(() -> empty.visit(graph, graph.inputs(), values -> {}))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("no sample");
    }
}

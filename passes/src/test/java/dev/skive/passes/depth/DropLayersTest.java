package dev.skive.passes.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Value;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.calibration.InterpretedActivations;
import dev.skive.passes.calibration.Taps;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.Networks;
import dev.skive.passes.residual.ResidualStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DropLayersTest {
    private static PassContext context(long seed) {
        List<Map<String, Tensor>> samples = IntStream.range(0, 4).mapToObj(i -> Networks.tokens(seed + i)).toList();
        return PassContext.quiet().withActivations(new InterpretedActivations(samples));
    }

    @Property(tries = 50)
    void dropsNothingWhenAskedForNothing(
            @ForAll long seed, @ForAll LayerChoice metric, @ForAll Tokens tokens, @ForAll Networks.Norm norm) {
        Graph graph = Networks.random(seed, norm, 3);

        assertThat(new DropLayers(0, metric, tokens).run(graph, PassContext.quiet())).isSameAs(graph);
    }

    @Property(tries = 100)
    void leavesSoManyLayersOfEveryNetwork(
            @ForAll long seed,
            @ForAll LayerChoice metric,
            @ForAll Networks.Norm norm,
            @ForAll @IntRange(min = 1, max = 3) int count) {
        Graph graph = Networks.random(seed, norm, 4);

        Graph shorter = GraphVerifier.verify(new DropLayers(count, metric, Tokens.ALL).run(graph, context(seed)));

        assertThat(layers(shorter)).hasSize(4 - count);
    }

    @Property(tries = 100)
    void dropsALayerThatAddsNothingAndChangesNothing(@ForAll long seed, @ForAll @IntRange(max = 3) int silent) {
        Graph graph = Networks.withSilentLayer(seed, 4, silent);
        for (LayerChoice metric : List.of(LayerChoice.ANGULAR, LayerChoice.BLOCK_INFLUENCE)) {
            Graph shorter = new DropLayers(1, metric, Tokens.ALL).run(graph, context(seed));

            assertThat(layers(shorter)).hasSize(3);
            assertThat(Networks.logits(shorter, Networks.tokens(seed)))
                    .isEqualTo(Networks.logits(graph, Networks.tokens(seed)));
        }
    }

    /// The block the pass chose has the smallest distance of all, computed here from the formula.
    @Property(tries = 100)
    void choosesTheNearestBlockOfAll(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int count, @ForAll Tokens tokens) {
        Graph graph = Networks.random(seed, Networks.Norm.PRE, 4);
        List<String> said = new ArrayList<>();
        var pass = new DropLayers(count, LayerChoice.ANGULAR, tokens);

        pass.run(
                graph,
                context(seed)
                        .withEvents(
                                new PassEvents() {
                                    @Override
                                    public void diagnostic(Diagnostic diagnostic) {
                                        said.add(diagnostic.toString());
                                    }
                                }));

        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start + count <= 4; start++) {
            least = Math.min(least, angle(graph, seed, tokens, new int[] {start, start + count}));
        }
        String distance = said.getFirst().replaceAll(".*angular distance ", "");
        assertThat(Double.parseDouble(distance)).isCloseTo(least, within(0.00006));
    }

    private static double angle(Graph graph, long seed, Tokens tokens, int[] ends) {
        var layers = layers(graph);
        List<Value> stations = new ArrayList<>(layers.stream().map(Layer::input).toList());
        stations.add(layers.getLast().output());
        Graph tapped = Taps.on(graph, List.of(stations.get(ends[0]), stations.get(ends[1])));
        double sum = 0;
        int looked = 0;
        for (int sample = 0; sample < 4; sample++) {
            var values =
                    new Interpreter(Precision.DOUBLE).run(tapped, Networks.tokens(seed + sample)).values().asList();
            int rows = values.getFirst().size(1);
            for (int row = 0; row < rows; row++) {
                boolean seen =
                        switch (tokens) {
                            case ALL -> true;
                            case FIRST -> row == 0;
                            case LAST -> row == rows - 1;
                        };
                if (seen) {
                    sum += angle(values.get(0), values.get(1), row);
                    looked++;
                }
            }
        }
        return sum / looked;
    }

    private static double angle(Tensor a, Tensor b, int row) {
        int width = a.size(2);
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            dot += a.reals()[i] * b.reals()[i];
            lengthA += a.reals()[i] * a.reals()[i];
            lengthB += b.reals()[i] * b.reals()[i];
        }
        double cosine = dot / Math.sqrt(lengthA * lengthB);
        return Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;
    }

    /// The examples of the method's description.
    @Example
    void spreadsUniformSkippingEvenly() {
        assertThat(UniformSkipping.dropped(30, 24)).hasSize(24).doesNotContain(0, 6, 12, 18, 24, 29);
        assertThat(UniformSkipping.dropped(30, 15)).hasSize(15).doesNotContain(0, 2, 4, 26, 29);
        assertThat(UniformSkipping.dropped(4, 3)).containsExactly(1, 2, 3);
    }

    @Example
    void saysHowManyLayersThereAre() {
        Graph graph = Networks.random(1, Networks.Norm.PRE, 2);

        assertThatThrownBy(() -> new DropLayers(2, LayerChoice.UNIFORM, Tokens.ALL).run(graph, PassContext.quiet()))
                .isInstanceOf(SkiveException.class)
                .hasMessage("pass 'drop-layers' is to drop 2 layers, but the stream has 2 and one must stay");
        assertThatThrownBy(() -> new DropLayers(1, LayerChoice.ANGULAR, Tokens.ALL).run(graph, PassContext.quiet()))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("--calibration");
    }

    private static List<Layer> layers(Graph graph) {
        return Layer.of(ResidualStream.longest(graph).orElseThrow());
    }
}

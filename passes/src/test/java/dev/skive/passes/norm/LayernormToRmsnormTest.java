package dev.skive.passes.norm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.residual.Networks;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LayernormToRmsnormTest {
    @Property(tries = 300)
    void convertsPreNormNetworks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int layers) {
        Graph graph = Networks.random(seed, Networks.Norm.PRE, layers);

        Graph converted = GraphVerifier.verify(new LayernormToRmsnorm().run(graph, PassContext.quiet()));

        assertThat(count(converted, LayerNorm.class)).isZero();
        assertThat(count(converted, RmsNorm.class)).isEqualTo(count(graph, LayerNorm.class));
        Networks.requireClose(graph, converted, seed, layers);
    }

    @Property(tries = 50)
    void leavesPostNormNetworksAloneAndSaysWhy(@ForAll long seed) {
        Graph graph = Networks.random(seed, Networks.Norm.POST, 2);
        List<String> said = new ArrayList<>();
        var context =
                new PassContext(
                        0,
                        new PassEvents() {
                            @Override
                            public void diagnostic(Diagnostic diagnostic) {
                                said.add(diagnostic.toString());
                            }
                        });

        assertThat(new LayernormToRmsnorm().run(graph, context)).isSameAs(graph);
        assertThat(said).isNotEmpty().allMatch(text -> text.contains("the mean over the channels would have to be"));
    }

    /// The example of the paper's algebra: the rows of a weight lose their means.
    @Example
    void centresAsTheFormulaSays() {
        TensorData weight = TensorData.ofReals(ElementType.FLOAT64, new double[] {1, 3, 5, 2, 4, 9}, 2, 3);

        assertThat(Centring.along(weight, 1).doubles()).containsExactly(-2, 0, 2, -3, -1, 4);
        assertThat(Centring.mean(weight, 1).doubles()).containsExactly(3, 5);
        assertThat(Centring.along(weight, 0).doubles()).containsExactly(-0.5, -0.5, -2, 0.5, 0.5, 2);
    }

    private static long count(Graph graph, Class<? extends Op> op) {
        return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
    }
}

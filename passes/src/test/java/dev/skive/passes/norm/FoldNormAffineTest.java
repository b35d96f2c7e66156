package dev.skive.passes.norm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.passes.PassContext;
import dev.skive.passes.residual.Networks;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FoldNormAffineTest {
    @Property(tries = 200)
    void leavesNoScaleAndNoShiftBeforeProducts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int layers, @ForAll boolean asRmsNorm) {
        Graph graph = Networks.random(seed, Networks.Norm.PRE, layers);
        Graph start = asRmsNorm ? new LayernormToRmsnorm().run(graph, PassContext.quiet()) : graph;

        Graph folded = GraphVerifier.verify(new FoldNormAffine().run(start, PassContext.quiet()));

        assertThat(folded.nodes().stream().filter(FoldNormAffineTest::isNorm))
                .hasSize(2 * layers + 1)
                .allMatch(FoldNormAffineTest::isPlain);
        Networks.requireClose(graph, folded, seed, layers);
    }

    @Property(tries = 50)
    void doesNothingTwice(@ForAll long seed) {
        Graph folded = new FoldNormAffine().run(Networks.random(seed, Networks.Norm.PRE, 2), PassContext.quiet());

        assertThat(new FoldNormAffine().run(folded, PassContext.quiet())).isSameAs(folded);
    }

    /// In a network normalized after its layers only the last norm, which the head alone reads, can be folded.
    @Property(tries = 50)
    void leavesNormsAloneThatTheStreamReads(@ForAll long seed) {
        Graph graph = Networks.random(seed, Networks.Norm.POST, 2);

        Graph folded = new FoldNormAffine().run(graph, PassContext.quiet());

        assertThat(folded.nodes().stream().filter(FoldNormAffineTest::isNorm).filter(FoldNormAffineTest::isPlain))
                .hasSize(1);
        Networks.requireClose(graph, folded, seed, 2);
    }

    private static boolean isNorm(Node node) {
        return node.op() instanceof LayerNorm || node.op() instanceof RmsNorm;
    }

    private static boolean isPlain(Node norm) {
        double[] scale = norm.operand(1).constant().orElseThrow().doubles();
        return norm.operands().size() == 2 && Arrays.stream(scale).allMatch(factor -> factor == 1);
    }
}

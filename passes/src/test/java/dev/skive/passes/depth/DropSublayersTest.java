package dev.skive.passes.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.InterpretedActivations;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.BlockKind;
import dev.skive.passes.residual.Networks;
import dev.skive.passes.residual.ResidualStream;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DropSublayersTest {
    private static PassContext context(long seed) {
        return PassContext.quiet()
                .withActivations(new InterpretedActivations(List.of(Networks.tokens(seed), Networks.tokens(seed + 1))));
    }

    @Property(tries = 60)
    void dropsSoManyBlocksOfTheKind(
            @ForAll long seed, @ForAll Networks.Norm norm, @ForAll @IntRange(min = 0, max = 3) int count) {
        Graph graph = Networks.random(seed, norm, 3);

        assertThat(kinds(new DropAttention(count, Tokens.ALL), graph, seed, BlockKind.ATTENTION)).isEqualTo(3 - count);
        assertThat(kinds(new DropAttention(count, Tokens.ALL), graph, seed, BlockKind.MLP)).isEqualTo(3);
        assertThat(kinds(new DropMlp(count, Tokens.ALL), graph, seed, BlockKind.MLP)).isEqualTo(3 - count);
        assertThat(blocks(new DropSublayers(count, Tokens.LAST).run(graph, context(seed)))).hasSize(6 - count);
    }

    private static long kinds(Pass pass, Graph graph, long seed, BlockKind kind) {
        Graph after = GraphVerifier.verify(pass.run(graph, context(seed)));
        return blocks(after).stream().filter(block -> block.kind() == kind).count();
    }

    /// Both blocks of a silent layer are more redundant than any other.
    @Property(tries = 60)
    void dropsWhatAddsNothingFirst(@ForAll long seed, @ForAll @IntRange(max = 2) int silent) {
        Graph graph = Networks.withSilentLayer(seed, 3, silent);

        Graph shorter = new DropSublayers(2, Tokens.ALL).run(graph, context(seed));

        assertThat(Networks.logits(shorter, Networks.tokens(seed)))
                .isEqualTo(Networks.logits(graph, Networks.tokens(seed)));
    }

    @Example
    void saysHowManyBlocksThereAre() {
        Graph graph = Networks.random(1, Networks.Norm.PRE, 2);

        assertThatThrownBy(() -> new DropMlp(3, Tokens.ALL).run(graph, context(1)))
                .isInstanceOf(SkiveException.class)
                .hasMessage("pass 'drop-mlp' is to drop 3 blocks, but the stream has 2");
        assertThat(new DropAttention(0, Tokens.ALL).run(graph, PassContext.quiet())).isSameAs(graph);
    }

    private static List<Block> blocks(Graph graph) {
        return ResidualStream.longest(graph).map(ResidualStream::blocks).orElseThrow();
    }
}

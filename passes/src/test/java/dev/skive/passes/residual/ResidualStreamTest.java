package dev.skive.passes.residual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.Graph;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ResidualStreamTest {
    @Property(tries = 200)
    void findsEveryBlockOfARandomTransformer(
            @ForAll long seed, @ForAll Networks.Norm norm, @ForAll @IntRange(min = 1, max = 4) int layers) {
        Graph graph = Networks.random(seed, norm, layers);

        var streams = ResidualStream.find(graph);

        assertThat(streams).hasSize(1);
        var blocks = streams.getFirst().blocks();
        assertThat(blocks).hasSize(2 * layers);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            assertThat(block.kind()).isEqualTo(i % 2 == 0 ? BlockKind.ATTENTION : BlockKind.MLP);
            assertThat(block.norm()).isEqualTo(placement(norm));
            assertThat(block.number()).isEqualTo(i);
            if (i > 0) {
                assertThat(block.reads()).isEqualTo(blocks.get(i - 1).output());
            }
        }
    }

    private static NormPlacement placement(Networks.Norm norm) {
        return switch (norm) {
            case PRE -> NormPlacement.PRE;
            case POST -> NormPlacement.POST;
            case NONE -> NormPlacement.NONE;
        };
    }

    @Property(tries = 100)
    void givesWeightsTheirRoles(@ForAll long seed) {
        var blocks = ResidualStream.find(Networks.random(seed, Networks.Norm.PRE, 2)).getFirst().blocks();

        assertThat(blocks.getFirst().weights().values())
                .contains(Role.NORM_SCALE, Role.NORM_SHIFT, Role.QUERY, Role.KEY, Role.VALUE, Role.ATTENTION_OUTPUT)
                .doesNotContain(Role.OTHER, Role.UP, Role.DOWN);
        assertThat(blocks.get(1).weights().values())
                .contains(Role.NORM_SCALE, Role.NORM_SHIFT, Role.UP, Role.DOWN)
                .doesNotContain(Role.OTHER, Role.QUERY);
    }

    @Property(tries = 100)
    void sharesTemplatesAmongEqualLayers(@ForAll long seed) {
        var blocks = ResidualStream.find(Networks.random(seed, Networks.Norm.PRE, 3)).getFirst().blocks();

        var template = blocks.getFirst().layer().template();
        assertThat(blocks.get(2).layer().template()).isEqualTo(template);
        assertThat(blocks.get(1).layer().template()).isNotEqualTo(template);
        assertThat(blocks.get(2).layer().weights())
                .hasSameSizeAs(template.slots())
                .isNotEqualTo(blocks.getFirst().layer().weights());
    }

    @Example
    void findsNoStreamWhereNothingIsAddedBack() {
        assertThat(ResidualStream.find(Networks.random(1, Networks.Norm.PRE, 0))).isEmpty();
    }
}

package dev.skive.passes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PipelineTest {
    private static final PassRegistry REGISTRY = PassRegistry.of(ImmutableList.of(new DropThings(), new NeedsThings()));

    /// How to choose.
    public enum Metric {
        ANGULAR,
        BLOCK_INFLUENCE
    }

    /// A pass with an option of every kind.
    ///
    /// @param count how many
    /// @param metric how to choose
    /// @param threshold when to stop
    /// @param keepFirst whether the first stays
    /// @param label any word
    public record DropThings(int count, Metric metric, double threshold, boolean keepFirst, String label)
            implements Pass {
        /// Checks the count.
        public DropThings {
            if (count < 0) {
                throw new IllegalArgumentException("count must not be negative, found " + count);
            }
        }

        DropThings() {
            this(1, Metric.ANGULAR, 0.5, true, "none");
        }

        @Override
        public Contract contract() {
            return new Contract.Approximate("cosine", 0.01);
        }

        @Override
        public ImmutableSet<Fact> establishes() {
            return ImmutableSet.of(new Fact("things-dropped"));
        }

        @Override
        public Graph run(Graph graph, PassContext context) {
            return graph;
        }
    }

    /// A pass that requires another.
    public record NeedsThings() implements Pass {
        @Override
        public Contract contract() {
            return Exactness.EXACT;
        }

        @Override
        public ImmutableSet<Fact> requires() {
            return ImmutableSet.of(new Fact("things-dropped"));
        }

        @Override
        public Graph run(Graph graph, PassContext context) {
            return graph;
        }
    }

    @Provide
    Arbitrary<Pass> passes() {
        Arbitrary<Pass> dropping =
                Combinators.combine(
                                Arbitraries.integers().between(0, 100),
                                Arbitraries.of(Metric.values()),
                                Arbitraries.doubles(),
                                Arbitraries.of(true, false),
                                Arbitraries.oneOf(
                                        Arbitraries.strings().ofMaxLength(8),
                                        Arbitraries.strings()
                                                .withCharRange('a', 'z')
                                                .withChars("-._/ 019")
                                                .ofMaxLength(8)))
                        .as(DropThings::new);
        return dropping;
    }

    @Property
    void parsesBackWhatItPrints(@ForAll List<@net.jqwik.api.From("passes") Pass> passes) {
        var pipeline = new Pipeline(ImmutableList.copyOf(passes));

        assertThat(Pipeline.parse(pipeline.toString(), REGISTRY)).isEqualTo(pipeline);
    }

    @Example
    void writesOptionsInKebabCase() {
        var pipeline = Pipeline.parse(" drop-things{ count=3, metric=block-influence } , needs-things", REGISTRY);

        assertThat(pipeline)
                .hasToString(
                        "drop-things{count=3,metric=block-influence,threshold=0.5,keep-first=true,label=none},needs-things");
    }

    @Example
    void resolvesBundles() {
        PassRegistry all = PassRegistry.load();

        assertThat(Pipeline.parse("exact", all)).isEqualTo(Pipeline.parse("simplify", all));
        assertThat(Pipeline.parse("exact", all).contract()).isEqualTo(Exactness.EXACT);
        assertThat(Pipeline.parse("fuse", all).contract()).isEqualTo(Exactness.REASSOCIATING);
        assertThat(Pipeline.parse("simplify,fuse", all))
                .hasToString(
                        "fold-constants{inexact=false},simplify-algebra{inexact=false},fold-constants{inexact=true},"
                                + "simplify-algebra{inexact=true},fuse-convolutions,fuse-embeddings,fuse-norms,"
                                + "fuse-activations,fuse-linears,fuse-attention,merge-linears{limit=3},"
                                + "simplify-algebra{inexact=true}");
    }

    @Example
    void everyPassPrintsAndParsesBack() {
        PassRegistry all = PassRegistry.load();

        assertThat(all.passes())
                .isNotEmpty()
                .allSatisfy(pass ->
                        assertThat(all.resolve(PassText.parseAll(PassOptions.print(pass)).getFirst()))
                                .containsExactly(pass));
    }

    @Example
    void suggestsTheNearestName() {
        assertUsage("simplfy", PassRegistry.load(), "unknown pass 'simplfy'", "fuse-norms", "did you mean 'simplify'?");
        assertUsage("drop-things{cuont=3}", REGISTRY, "no option 'cuont'", "keep-first", "did you mean 'count'?");
        assertUsage("wholly-unlike", REGISTRY, "unknown pass 'wholly-unlike'; known are");
    }

    @Example
    void refusesValuesThatDoNotFit() {
        assertUsage("drop-things{count=many}", REGISTRY, "option 'count' of pass 'drop-things' must be a whole number");
        assertUsage("drop-things{metric=size}", REGISTRY, "one of angular, block-influence", "'size'");
        assertUsage("drop-things{keep-first=yes}", REGISTRY, "true or false");
        assertUsage("drop-things{count=-1}", REGISTRY, "count must not be negative, found -1");
        assertUsage("simplify{count=1}", PassRegistry.load(), "'simplify' is a bundle and has no options");
    }

    @Example
    void refusesMalformedText() {
        assertUsage("drop-things{count=1", REGISTRY, "pipeline:1:20: expected", "'}'", "found the end of the text");
        assertUsage("drop-things}", REGISTRY, "pipeline:1:12: expected", "found '}'", "drop-things}", "           ^");
        assertUsage("drop-things{count}", REGISTRY, "pipeline:1:18: expected", "'='");
        assertUsage("drop-things{count=1,count=2}", REGISTRY, "pipeline:1:21: option 'count'", "given twice");
        assertUsage("drop-things{count=1}x", REGISTRY, "pipeline:1:21: expected the end of the text or ','");
        assertUsage("simplify,,fuse", PassRegistry.load(), "pipeline:1:10:", "found ','");
        assertUsage("drop - things", REGISTRY, "no space may stand in the name 'drop-things'");
    }

    @Example
    void checksRequiredFactsWhenBuilt() {
        assertUsage("needs-things,drop-things", REGISTRY, "'needs-things' requires 'things-dropped'");
        assertThat(Pipeline.parse("drop-things,needs-things", REGISTRY).passes()).hasSize(2);
    }

    @Example
    void refusesLooserContracts() {
        var pipeline = Pipeline.parse("drop-things", REGISTRY);

        assertThatThrownBy(() -> pipeline.within(Exactness.REASSOCIATING))
                .hasMessageContaining(
                        "only reassociating passes are allowed, found drop-things (approximate(cosine, 0.01))");
        assertThat(pipeline.within(new Contract.Approximate("any", 1))).isEqualTo(pipeline);
    }

    @Example
    void stopsAfterSomePasses() {
        var pipeline = Pipeline.parse("drop-things,needs-things", REGISTRY);

        assertThat(pipeline.stopAfter(1).passes()).hasSize(1);
        assertThat(pipeline.stopAfter(0).passes()).isEmpty();
        assertThat(pipeline.stopAfter(9)).isEqualTo(pipeline);
    }

    private static void assertUsage(String text, PassRegistry registry, String... parts) {
        assertThatThrownBy(() -> Pipeline.parse(text, registry))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.USAGE))
                .message()
                .contains(parts);
    }
}

package dev.skive.passes.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Exactness;
import dev.skive.passes.exact.ExactCases;
import dev.skive.passes.exact.SimplifyAlgebra;
import dev.skive.passes.fuse.AttentionCases;
import dev.skive.passes.fuse.FuseActivations;
import dev.skive.passes.fuse.FuseAttention;
import dev.skive.passes.fuse.FuseConvolutions;
import dev.skive.passes.fuse.FuseEmbeddings;
import dev.skive.passes.fuse.FuseLinears;
import dev.skive.passes.fuse.FuseNorms;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Walks the rules that are Java: each has examples, fires where it should, keeps its contract, and skips the rest. Rules in
/// the rule language have their examples beside them.
class EveryRuleTest {
    private static final ImmutableList<RuleCase> CASES =
            ImmutableList.<RuleCase>builder().addAll(ExactCases.all()).add(AttentionCases.recognized()).build();

    @Provide
    Arbitrary<RuleCase> cases() {
        return Arbitraries.of(CASES);
    }

    @Example
    void everyRuleHasExamples() {
        var rules =
                Stream.of(
                                SimplifyAlgebra.rules(),
                                FuseAttention.rules(),
                                FuseEmbeddings.rules(),
                                FuseActivations.rules(),
                                FuseConvolutions.rules(),
                                FuseLinears.rules(),
                                FuseNorms.rules())
                        .flatMap(Collection::stream)
                        .filter(rule -> !(rule instanceof Rule))
                        .map(NodeRule::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        var covered =
                CASES.stream().map(example -> example.rule().name()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(covered).isEqualTo(rules);
    }

    @Property(tries = 6000)
    void firesAndKeepsItsContract(@ForAll("cases") RuleCase example, @ForAll long seed) {
        NodeRule rule = example.rule();
        boolean exact = rule.contract().equals(Exactness.EXACT);
        var sample = new Sample(seed, exact ? ElementType.FLOAT32 : ElementType.FLOAT64, exact);
        Graph before = GraphVerifier.verify(example.fires().apply(sample));
        var fired = new FiredRules();

        Graph after = RuleDriver.of(ImmutableList.of(rule), rule.contract()).run(before, fired.context());

        GraphVerifier.verify(after);
        assertThat(fired.names()).contains(rule.name());
        assertThat(fired.origins()).allSatisfy(origin -> assertThat(origin.rules()).contains(rule.name()));
        Faithfulness.check(rule.contract(), before, after, sample.values(before));
    }

    @Property(tries = 1000)
    void skipsWhatOnlyLooksLikeIt(@ForAll("cases") RuleCase example, @ForAll long seed) {
        Graph before = example.skips().apply(new Sample(seed, ElementType.FLOAT32, false));
        var fired = new FiredRules();

        Graph after =
                RuleDriver.of(ImmutableList.of(example.rule()), Exactness.REASSOCIATING).run(before, fired.context());

        assertThat(fired.names()).isEmpty();
        assertThat(after).isEqualTo(before);
    }
}

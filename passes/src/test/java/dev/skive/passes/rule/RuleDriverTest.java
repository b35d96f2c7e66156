package dev.skive.passes.rule;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Exactness;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RuleDriverTest {
    private static final Rule MERGE_ABS =
            Rule.exact("merge-abs", op(Abs.class, op(Abs.class, any("x"))), RuleDriverTest::abs);
    private static final Rule ABS_TO_RELU =
            Rule.exact(
                    "abs-to-relu",
                    op(Abs.class, any("x")),
                    (match, emitter) -> emitter.add(new Relu(), emitter.map(match.value("x"))));

    /// Lowers one cost and raises another one without measure.
    private static final Rule UNROLL =
            Rule.exact(
                            "unroll",
                            op(MatMul.class, any("x"), any("y")),
                            (match, emitter) -> {
                                Value chain = x(match, emitter);
                                for (int i = 0; i < 3_000; i++) {
                                    chain = emitter.add(new Abs(), chain);
                                }
                                return chain;
                            })
                    .lowering(CostClaim.GENERAL_OPERATORS);

    private static Value abs(Match match, Emitter emitter) {
        return emitter.add(new Abs(), emitter.map(match.value("x")));
    }

    private final Sample sample = new Sample(1, ElementType.FLOAT32, false);

    private static Value x(Match match, Emitter emitter) {
        return emitter.map(match.value("x"));
    }

    private Graph of(Value value) {
        return sample.graph(value);
    }

    private static Graph run(Graph graph, Rule... rules) {
        return RuleDriver.of(ImmutableList.copyOf(rules), Exactness.EXACT).run(graph, PassContext.quiet());
    }

    private Graph nested(int depth) {
        Value value = sample.input(2);
        for (int i = 0; i < depth; i++) {
            value = sample.add(new Abs(), value);
        }
        return of(value);
    }

    @Test
    void appliesRulesUntilNothingChanges() {
        assertThat(run(nested(7), MERGE_ABS).nodes()).filteredOn(node -> node.op() instanceof Abs).hasSize(1);
    }

    @Test
    void triesNodesAgainThatHadToWait() {
        var firings = new ArrayList<Firing>();
        var context =
                new PassContext(
                        0,
                        new PassEvents() {
                            @Override
                            public void rewrote(Firing firing) {
                                firings.add(firing);
                            }
                        });

        RuleDriver.of(ImmutableList.of(MERGE_ABS), Exactness.EXACT).run(nested(4), context);

        assertThat(firings).hasSize(3);
        assertThat(firings.getFirst().beforeText()).isEqualTo("Abs(Abs(x0))");
        assertThat(firings.getFirst().afterText()).isEqualTo("Abs(...)");
        assertThat(firings).allSatisfy(firing -> assertThat(firing.gone()).isNotEmpty());
    }

    @Test
    void givesBackTheGraphWhenNothingApplies() {
        Graph graph = nested(1);

        assertThat(run(graph, MERGE_ABS)).isSameAs(graph);
    }

    @Test
    void doesNotFireWhereTheCostStaysTheSame() {
        Graph graph = nested(2);

        assertThat(run(graph, ABS_TO_RELU)).isSameAs(graph);
    }

    @Test
    void doesNotFireWhereOthersNeedWhatItWouldSave() {
        Value inner = sample.add(new Abs(), sample.input(2));
        Graph graph = sample.graph(sample.add(new Abs(), inner), inner);
        Rule halve =
                Rule.exact(
                        "halve",
                        op(Abs.class, op(Abs.class, any("x"))),
                        (match, emitter) -> emitter.add(new Neg(), emitter.map(match.value("x"))));

        assertThat(run(graph, halve)).isSameAs(graph);
    }

    @Test
    void failsWhenRulesFireTooOften() {
        Graph graph = of(sample.add(new MatMul(), sample.input(2, 2), sample.input(2, 2)));

        assertThatThrownBy(() -> run(graph, UNROLL, MERGE_ABS))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.INTERNAL))
                .hasMessageContaining("the rules do not come to an end: they fired more than 1060 times")
                .hasMessageContaining("fired most: merge-abs (")
                .hasMessageContaining("unroll (1 times)");
    }

    @Test
    void leavesOutRulesOfLooserContracts() {
        Graph graph = nested(2);
        var looser = Rule.reassociating("looser", MERGE_ABS.pattern(), MERGE_ABS.replacement());

        assertThat(run(graph, looser)).isSameAs(graph);
    }

    @Test
    void doesNotChangeTypes() {
        Graph graph = nested(2);
        var widening =
                Rule.exact(
                        "widening",
                        op(Abs.class, op(Abs.class, any("x"))),
                        (match, emitter) -> emitter.add(new Cast(ElementType.FLOAT64), x(match, emitter)));

        assertThat(run(graph, widening)).isEqualTo(graph);
    }

    @Test
    void marksWhatItTouched() {
        Graph after = run(nested(2), MERGE_ABS);

        var origin = after.origin(after.nodes().getLast());
        assertThat(origin.sources()).containsExactly("abs");
        assertThat(origin.rules()).containsExactly("merge-abs");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThatThrownBy(() -> run(of(sample.input(2)), UNROLL, UNROLL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unroll");
    }
}

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
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Exactness;
import dev.skive.passes.PassContext;
import org.junit.jupiter.api.Test;

class RuleDriverTest {
    private static final Rule ABS_TO_RELU =
            Rule.exact(
                    "abs-to-relu",
                    op(Abs.class, any("x")),
                    (match, emitter) -> emitter.add(new Relu(), emitter.map(match.value("x"))));
    private static final Rule RELU_TO_ABS =
            Rule.exact(
                    "relu-to-abs",
                    op(Relu.class, any("x")),
                    (match, emitter) -> emitter.add(new Abs(), emitter.map(match.value("x"))));
    private static final Rule GROW =
            Rule.exact(
                    "grow",
                    op(Neg.class, any("x")),
                    (match, emitter) ->
                            emitter.add(new Neg(), emitter.add(new Add(), x(match, emitter), x(match, emitter))));

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

    @Test
    void appliesRulesUntilNothingChanges() {
        Graph graph = of(sample.add(new Abs(), sample.add(new Abs(), sample.input(2))));

        assertThat(run(graph, ABS_TO_RELU).nodes()).noneMatch(node -> node.op() instanceof Abs);
    }

    @Test
    void givesBackTheGraphWhenNothingApplies() {
        Graph graph = of(sample.add(new Abs(), sample.input(2)));

        assertThat(run(graph, RELU_TO_ABS)).isSameAs(graph);
    }

    @Test
    void failsWhenRulesUndoEachOther() {
        Graph graph = of(sample.add(new Abs(), sample.input(2)));

        assertThatThrownBy(() -> run(graph, ABS_TO_RELU, RELU_TO_ABS))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.INTERNAL))
                .hasMessageContaining("came back to a graph seen before")
                .hasMessageContaining("abs-to-relu (1 times), relu-to-abs (1 times)");
    }

    @Test
    void failsWhenARuleFeedsItself() {
        Graph graph = of(sample.add(new Neg(), sample.input(2)));

        assertThatThrownBy(() -> run(graph, GROW))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("do not come to an end")
                .hasMessageContaining("grow (");
    }

    @Test
    void leavesOutRulesOfLooserContracts() {
        Graph graph = of(sample.add(new Abs(), sample.input(2)));
        var looser = Rule.reassociating("looser", ABS_TO_RELU.pattern(), ABS_TO_RELU.replacement());

        assertThat(run(graph, looser)).isSameAs(graph);
    }

    @Test
    void doesNotChangeTypes() {
        Graph graph = of(sample.add(new Abs(), sample.input(2)));
        var widening =
                Rule.exact(
                        "widening",
                        op(Abs.class, any("x")),
                        (match, emitter) -> emitter.add(new Cast(ElementType.FLOAT64), x(match, emitter)));

        assertThat(run(graph, widening)).isEqualTo(graph);
    }

    @Test
    void marksWhatItTouched() {
        Graph after = run(of(sample.add(new Abs(), sample.input(2))), ABS_TO_RELU);

        var origin = after.origin(after.nodes().getLast());
        assertThat(origin.sources()).containsExactly("abs");
        assertThat(origin.rules()).containsExactly("abs-to-relu");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThatThrownBy(() -> run(of(sample.input(2)), GROW, GROW))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("grow");
    }
}

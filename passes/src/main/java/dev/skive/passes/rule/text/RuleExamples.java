package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.ModelReader;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.RuleTree.Example;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Explanation;
import dev.skive.passes.rule.Firing;
import dev.skive.passes.rule.Rule;
import dev.skive.passes.rule.RuleDriver;
import java.util.ArrayList;
import java.util.List;

/// Runs the examples that stand beside a rule.
public final class RuleExamples {
    private RuleExamples() {}

    /// Checks that a rule fires where it says so and lowers what it claims, and that it does not fire where it must not.
    ///
    /// @throws TextError at the first example where that is not so
    public static void check(Rule rule) {
        Rule.Text text = rule.text().orElseThrow(() -> new AssertionError(rule.name() + " is not in a rule file"));
        text.tree().examples().forEach(example -> check(rule, text, example));
    }

    /// The graph of an example.
    ///
    /// @throws TextError when it is not one
    public static Graph graph(Rule.Text text, Example example) {
        return new ModelReader().read(text.source(), example.graph());
    }

    private static void check(Rule rule, Rule.Text text, Example example) {
        Graph before = graph(text, example);
        List<Firing> firings = new ArrayList<>();
        Graph after =
                RuleDriver.of(ImmutableList.of(rule), rule.contract())
                        .run(
                                before,
                                new PassContext(
                                        0,
                                        new PassEvents() {
                                            @Override
                                            public void rewrote(Firing firing) {
                                                firings.add(firing);
                                            }
                                        }));
        if (example.fires() && firings.isEmpty()) {
            throw text.source()
                    .error(
                            example.position(),
                            "rule '%s' does not fire here: %s".formatted(rule.name(), why(rule, before)));
        }
        if (!example.fires() && !firings.isEmpty()) {
            throw text.source()
                    .error(
                            example.position(),
                            "rule '%s' fires here and makes %s of %s"
                                    .formatted(
                                            rule.name(),
                                            firings.getFirst().afterText(),
                                            firings.getFirst().beforeText()));
        }
        if (example.fires() && rule.cost() != CostClaim.ELEMENTS && rule.cost().of(after) >= rule.cost().of(before)) {
            throw text.source()
                    .error(
                            example.position(),
                            "rule '%s' does not lower '%s' here".formatted(rule.name(), rule.cost()));
        }
    }

    private static String why(Rule rule, Graph graph) {
        return Explanation.all(rule, graph).stream()
                .findFirst()
                .map(nearest -> String.join("; ", nearest.reasons()))
                .orElse("there is no operator it begins with");
    }
}

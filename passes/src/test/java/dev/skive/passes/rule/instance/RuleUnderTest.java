package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.ModelReader;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A rule and what graphs for it are made from.
///
/// @param rule the rule
/// @param isTolerant whether it compares numbers up to the rounding of a model file
/// @param fires graphs in which it fires
/// @param skips graphs in which it does not
/// @param forms graphs of the form of its pattern, when that is written in the rule language
public record RuleUnderTest(
        NodeRule rule,
        boolean isTolerant,
        ImmutableList<Graph> fires,
        ImmutableList<Graph> skips,
        Optional<PatternGraphs> forms) {
    /// A rule of a file.
    ///
    /// @throws TextError when an example is no graph
    public static RuleUnderTest of(Rule rule) {
        Rule.Text text = rule.text().orElseThrow();
        var fires = ImmutableList.<Graph>builder();
        var skips = ImmutableList.<Graph>builder();
        for (RuleTree.Example example : text.tree().examples()) {
            (example.fires() ? fires : skips).add(new ModelReader().read(text.source(), example.graph()));
        }
        boolean isTolerant = text.tree().match().toString().contains("Approximately");
        var forms = PatternGraphs.of(text.tree(), fires.build());
        return new RuleUnderTest(rule, isTolerant, fires.build(), skips.build(), Optional.of(forms));
    }

    /// A random graph in which it may fire: like one in which it does, like one in which it does not, or of its form.
    Optional<Graph> graph(Random random) {
        int kind = random.nextInt(6);
        if (kind < 2 && forms.isPresent()) {
            return forms.get().random(random);
        }
        List<Graph> seeds = kind == 2 && !skips.isEmpty() ? skips : fires;
        return GraphVariation.of(seeds.get(random.nextInt(seeds.size())), random);
    }

    @Override
    public String toString() {
        return rule.name();
    }
}

package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Node;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// A rule on many random graphs. Each time it fires the new graph must be well formed, the cost the rule names must be less,
/// and the contract must hold for inputs of every [RandomElements.Range].
public final class RuleTrial {
    private static final int MOST_IN_A_ROW = 8;
    private static final int ATTEMPTS = 20;
    private static final int MOST_COMPLAINTS = 3;

    private final RuleUnderTest rule;
    private final Random random;
    private final Consumer<Rewrite> kept;
    private final List<String> complaints = new ArrayList<>();
    private int graphs;
    private int firings;
    private int judged;

    /// A trial.
    ///
    /// @param kept is shown every rewrite that the interpreter agrees with
    public RuleTrial(RuleUnderTest rule, Random random, Consumer<Rewrite> kept) {
        this.rule = rule;
        this.random = random;
        this.kept = kept;
    }

    /// Tries the examples, then random graphs until the rule has been judged `wanted` times, something is wrong, or `most`
    /// graphs have been tried.
    public RuleTrial run(int wanted, int most) {
        tryExamples();
        for (int i = 0; i < most && judged < wanted && complaints.size() < MOST_COMPLAINTS; i++) {
            rule.graph(random).ifPresent(this::tryOn);
        }
        return this;
    }

    /// Tries the examples: where it must fire it does, and elsewhere it does not.
    void tryExamples() {
        for (Graph example : rule.fires()) {
            tryOn(example);
            if (Application.first(rule.rule(), example).isEmpty()) {
                complain("does not fire on " + GraphText.of(example));
            }
        }
        for (Graph example : rule.skips()) {
            if (Application.first(rule.rule(), example).isPresent()) {
                complain("fires on " + GraphText.of(example));
            }
        }
    }

    /// Applies the rule wherever it applies.
    void tryOn(Graph graph) {
        graphs++;
        applications(graph).forEach(this::judge);
    }

    /// The applications of the rule in a graph. A rule may fail on a graph whose sizes contradict each other, which no
    /// inputs can run.
    private ImmutableList<Application> applications(Graph graph) {
        try {
            return Application.all(rule.rule(), graph, MOST_IN_A_ROW);
        } catch (RuntimeException | AssertionError failure) {
            if (canRun(graph)) {
                complain("fails on " + GraphText.of(graph) + ": " + failure);
            }
            return ImmutableList.of();
        }
    }

    private boolean canRun(Graph graph) {
        var interpreter = new Interpreter(Precision.DECLARED);
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Inputs> inputs = Inputs.random(graph, random, RandomElements.Range.INDEXES);
            try {
                inputs.ifPresent(given -> interpreter.run(graph, given.tensors()));
                return inputs.isPresent();
            } catch (SkiveException impossible) {
                // Perhaps with other sizes.
            }
        }
        return false;
    }

    /// Judges one application.
    void judge(Application application) {
        firings++;
        try {
            GraphVerifier.verify(application.after());
        } catch (AssertionError | SkiveException failure) {
            complain(String.valueOf(failure.getMessage()), application);
            return;
        }
        if (!isCheaper(application)) {
            complain("'" + rule.rule().cost() + "' does not get less", application);
        }
        boolean isJudged = false;
        for (RandomElements.Range range : RandomElements.Range.values()) {
            Optional<Inputs> inputs = Inputs.random(application.before(), random, range);
            isJudged |= inputs.isPresent() && isJudged(application, inputs.get());
        }
        judged += isJudged ? 1 : 0;
    }

    /// Sizes that give no graph are no counterexample, nor are graphs whose tensors have no elements to save.
    private boolean isCheaper(Application application) {
        if (application.before().nodes().stream().anyMatch(RuleTrial::isEmpty)) {
            return true;
        }
        try {
            return Costs.areLower(application.before(), application.after(), rule.rule().cost());
        } catch (SkiveException | TypeError contradiction) {
            return true;
        }
    }

    private static boolean isEmpty(Node node) {
        return node.types().stream()
                .anyMatch(type -> type instanceof TensorType tensor && tensor.shape().elementCount().is(0));
    }

    private boolean isJudged(Application application, Inputs inputs) {
        var rewrite =
                new Rewrite(
                        rule.rule().contract(), rule.isTolerant(), application.before(), application.after(), inputs);
        switch (rewrite.verdict(random)) {
            case Verdict.Kept keeps -> kept.accept(rewrite);
            case Verdict.Broken(String how) -> complain(how + "\n" + rewrite);
            case Verdict.Open open -> {
                return false;
            }
        }
        return true;
    }

    private void complain(String how, Application application) {
        complain(
                "%s%n  before %s%n  after %s"
                        .formatted(how, GraphText.of(application.before()), GraphText.of(application.after())));
    }

    private void complain(String how) {
        complaints.add(rule + ": " + how);
    }

    /// Graphs tried.
    public int graphs() {
        return graphs;
    }

    /// How often the rule fired.
    public int firings() {
        return firings;
    }

    /// How often it fired where its contract says something, and was found right.
    public int judged() {
        return judged;
    }

    /// What was wrong.
    public ImmutableList<String> complaints() {
        return ImmutableList.copyOf(complaints);
    }
}

package dev.skive.verify.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import dev.skive.passes.rule.instance.Effort;
import dev.skive.passes.rule.instance.EveryRule;
import dev.skive.passes.rule.instance.Rewrite;
import dev.skive.passes.rule.instance.RuleTrial;
import dev.skive.passes.rule.instance.RuleUnderTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The generic test of rules on ONNX Runtime: what the interpreter agrees with must hold there too. What ONNX Runtime refuses
/// is counted and printed.
class RulesOnOrtTest {
    private static final Effort EFFORT = Effort.OF_BUILD;

    /// Rewrites in one model.
    private static final int TOGETHER = 48;

    /// Graphs tried for each rewrite that is wanted.
    private static final int TRIES = 40;

    private static final OrtRewrites.Tally ALL = new OrtRewrites.Tally();

    @TempDir private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyRuleKeepsItsContract() {
        return EveryRule.all().stream().map(rule -> DynamicTest.dynamicTest(rule.toString(), () -> check(rule)));
    }

    private static void check(RuleUnderTest rule) {
        Random random = EFFORT.random(rule.toString());
        var rewrites = new ArrayList<Rewrite>();
        new RuleTrial(rule, random, rewrites::add).run(EFFORT.onnxRuntime(), TRIES * EFFORT.onnxRuntime());
        var tally = new OrtRewrites.Tally();
        var engine = new OrtRewrites(folder, random, tally);

        for (List<Rewrite> some : Lists.partition(rewrites, TOGETHER)) {
            engine.judge(some);
        }

        ALL.add(tally);
        assertThat(tally.broken()).isEmpty();
        int refused = tally.refused().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(tally.kept() + tally.faults() + refused).as("rewrites").isPositive();
    }

    @AfterAll
    static void summarize() {
        ALL.refused().forEach((reason, count) -> System.out.printf(Locale.ROOT, "%6d refused: %s%n", count, reason));
        System.out.printf(
                Locale.ROOT,
                "rules on ONNX Runtime, seed %d: %d rewrites kept their contract, %d judged against its own faults, %d refused%n",
                EFFORT.seed(),
                ALL.kept(),
                ALL.faults(),
                ALL.refused().values().stream().mapToInt(Integer::intValue).sum());
    }
}

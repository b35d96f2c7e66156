package dev.skive.passes.rule.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The test of every rule, without one being written for it: the rule fires on its examples and on random graphs like
/// them and like its pattern, each time the graph stays well formed, the cost gets less, and the interpreter finds the
/// contract kept.
class GenericRuleTest {
    private static final Effort EFFORT = Effort.OF_BUILD;
    private static final List<Integer> JUDGED = Collections.synchronizedList(new ArrayList<>());

    @TestFactory
    Stream<DynamicTest> everyRuleKeepsItsPromises() {
        System.out.printf(Locale.ROOT, "%-40s %-14s %8s %8s %8s%n", "rule", "contract", "graphs", "firings", "judged");
        return EveryRule.all().stream().map(rule -> DynamicTest.dynamicTest(rule.toString(), () -> check(rule)));
    }

    private static void check(RuleUnderTest rule) {
        RuleTrial trial =
                new RuleTrial(rule, EFFORT.random(rule.toString()), _ -> {}).run(EFFORT.firings(), EFFORT.graphs());
        System.out.printf(
                Locale.ROOT,
                "%-40s %-14s %8d %8d %8d%n",
                rule,
                rule.rule().contract(),
                trial.graphs(),
                trial.firings(),
                trial.judged());
        JUDGED.add(trial.judged());

        assertThat(trial.complaints()).isEmpty();
        assertThat(trial.judged()).as("times it fired and was judged").isGreaterThanOrEqualTo(Effort.LEAST_FIRINGS);
    }

    @AfterAll
    static void summarize() {
        System.out.printf(
                Locale.ROOT,
                "generic rule test, seed %d: %d rules, judged firings per rule: least %d, median %.0f%n",
                EFFORT.seed(),
                JUDGED.size(),
                Collections.min(JUDGED),
                Quantiles.median().compute(JUDGED));
    }
}

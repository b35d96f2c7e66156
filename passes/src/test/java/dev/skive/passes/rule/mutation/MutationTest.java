package dev.skive.passes.rule.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import dev.skive.grammar.SourceText;
import dev.skive.passes.rule.instance.Effort;
import dev.skive.passes.rule.instance.EveryRule;
import dev.skive.passes.rule.instance.MutantTrial;
import dev.skive.passes.rule.instance.MutantTrial.Noticed;
import dev.skive.passes.rule.instance.RuleUnderTest;
import dev.skive.passes.rule.text.RuleReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Tests the tests of rules: each mistake that [Mutations] puts into a rule of a file must be noticed when the rule is
/// loaded, by its examples, or by the generic test. One that is not means that a condition is superfluous or an example is
/// missing, unless the mistaken rule is as good as the right one, which [EquivalentMutants] argues.
class MutationTest {
    private static final Effort EFFORT = Effort.OF_BUILD;
    private static final EquivalentMutants EQUIVALENT = EquivalentMutants.read();
    private static final List<Noticed> NOTICED = Collections.synchronizedList(new ArrayList<>());
    private static final Set<String> USED = Collections.synchronizedSet(new HashSet<>());

    @TestFactory
    Stream<DynamicTest> everyMistakeIsNoticed() {
        return EveryRule.files().stream()
                .flatMap(file -> {
                    ImmutableListMultimap<String, Mutant> mutants = Mutations.of(file.text());
                    return EveryRule.of(file).stream()
                            .map(rule ->
                                    DynamicTest.dynamicTest(
                                            rule.toString(), () -> check(rule, mutants.get(rule.toString()))));
                });
    }

    private static void check(RuleUnderTest rule, List<Mutant> mutants) {
        var trial = MutantTrial.of(rule, EFFORT.pool(), EFFORT.random(rule.toString()));
        var survivors = new ArrayList<Mutant>();
        for (Mutant mutant : mutants) {
            if (EQUIVALENT.contains(mutant)) {
                USED.add(mutant.toString());
                continue;
            }
            Noticed noticed = trial.notice(() -> load(mutant));
            NOTICED.add(noticed);
            if (noticed == Noticed.NOT) {
                survivors.add(mutant);
            }
        }

        assertThat(survivors).as("mistakes that nothing notices: a condition or an example is missing").isEmpty();
    }

    private static RuleUnderTest load(Mutant mutant) {
        var source = new SourceText("mutant of " + mutant.rule(), mutant.text());
        return RuleUnderTest.of(RuleReader.read(source).getFirst());
    }

    @AfterAll
    static void summarize() {
        int all = NOTICED.size();
        System.out.printf(
                Locale.ROOT,
                "mutation test, seed %d: %d mutants, of which %d are equivalent because the driver refuses what they would do,"
                        + " and %d as listed; noticed when loading %d, by examples %d, by the generic test %d, by nothing"
                        + " %d: score %.1f %%%n",
                EFFORT.seed(),
                all + USED.size(),
                count(Noticed.DRIVER),
                USED.size(),
                count(Noticed.LOADING),
                count(Noticed.EXAMPLES),
                count(Noticed.GRAPHS),
                count(Noticed.NOT),
                100.0 * (1 - count(Noticed.NOT) / (double) (all - count(Noticed.DRIVER))));
        assertThat(EQUIVALENT.unused(USED)).as("equivalent mutants that are none any more").isEmpty();
    }

    private static int count(Noticed by) {
        return Collections.frequency(NOTICED, by);
    }
}

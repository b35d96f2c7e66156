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
/// missing, unless the mistaken rule is as good as the right one, which `equivalent-mutants.txt` argues. Those that are still
/// to be dealt with stand in `unnoticed-mutants.txt`, count against the score and are tried again with
/// `-Dskive.full=true`; `-Dskive.goldens=write` rewrites that file.
class MutationTest {
    private static final Effort EFFORT = Effort.OF_BUILD;
    private static final boolean WRITES = "write".equals(System.getProperty("skive.goldens"));
    private static final boolean TRIES_ALL = WRITES || Boolean.getBoolean("skive.full");
    private static final MutantList EQUIVALENT = MutantList.read("equivalent-mutants.txt");
    private static final MutantList OPEN = MutantList.read("unnoticed-mutants.txt");
    private static final List<Noticed> NOTICED = Collections.synchronizedList(new ArrayList<>());
    private static final Set<String> ALL = Collections.synchronizedSet(new HashSet<>());
    private static final Set<String> SURVIVORS = Collections.synchronizedSet(new HashSet<>());

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
        var survivors = new ArrayList<String>();
        for (Mutant mutant : mutants) {
            ALL.add(mutant.toString());
            boolean isOpen = OPEN.contains(mutant) && !TRIES_ALL;
            if (!EQUIVALENT.contains(mutant) && !isOpen) {
                var own = new MutantTrial(rule, trial.pool(), EFFORT.random(mutant.toString()));
                Noticed noticed = own.notice(() -> load(mutant));
                NOTICED.add(noticed);
                if (noticed == Noticed.NOT) {
                    survivors.add(mutant.toString());
                }
            }
        }
        SURVIVORS.addAll(survivors);
        survivors.removeIf(OPEN.mutants()::contains);

        assertThat(WRITES ? List.of() : survivors)
                .as("mistakes that nothing notices: a condition or an example is missing")
                .isEmpty();
    }

    private static RuleUnderTest load(Mutant mutant) {
        var source = new SourceText("mutant of " + mutant.rule(), mutant.text());
        return RuleUnderTest.of(RuleReader.read(source).getFirst());
    }

    @AfterAll
    static void summarize() {
        int equivalent = count(Noticed.DRIVER) + EQUIVALENT.mutants().size();
        int open = TRIES_ALL ? SURVIVORS.size() : OPEN.mutants().size();
        System.out.printf(
                Locale.ROOT,
                "mutation test, seed %d: %d mutants, of which %d are equivalent because the driver refuses what they would do,"
                        + " and %d as listed; noticed when loading %d, by examples %d, by the generic test %d, by nothing"
                        + " %d: score %.1f %%%n",
                EFFORT.seed(),
                ALL.size(),
                count(Noticed.DRIVER),
                EQUIVALENT.mutants().size(),
                count(Noticed.LOADING),
                count(Noticed.EXAMPLES),
                count(Noticed.GRAPHS),
                open,
                100.0 * (1 - open / (double) (ALL.size() - equivalent)));
        if (WRITES) {
            OPEN.rewrite(SURVIVORS);
        } else {
            assertThat(EQUIVALENT.without(ALL)).as("equivalent mutants that are none any more").isEmpty();
            assertThat(OPEN.without(ALL)).as("unnoticed mutants that are none any more").isEmpty();
        }
    }

    private static int count(Noticed by) {
        return Collections.frequency(NOTICED, by);
    }
}

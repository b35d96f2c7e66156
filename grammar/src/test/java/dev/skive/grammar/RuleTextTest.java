package dev.skive.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.grammar.tree.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
    private static final String RULE =
            """
            // About all rules.

            // Merges two moves
            // into one.
            rule merge-moves : exact {
              match {
                inner = Move($x, perm=$p)
                once Move(inner, perm=$q) | Stay(_, ~-0.5)
              }
              where   rank($x) >= 1 && !constant($x), $p != $q
              replace Move($x, perm=compose($p, $q))
              lowers  general-operators
              fires   (x: f32[a, 2]) = Move(Move(x, perm=[1, 0]), perm=[1, 0])
              skips   (x: f32[a, 2]) { y = Move(x)  return y }
            }
            """;

    private static RuleTree rule() {
        return RuleText.parse(new SourceText("a.rules", RULE)).getFirst();
    }

    @Test
    void readsNamesAndDocumentation() {
        assertThat(rule().name()).isEqualTo("merge-moves");
        assertThat(rule().documentation()).isEqualTo("Merges two moves\ninto one.");
        assertThat(rule().contract()).hasValueSatisfying(word -> assertThat(word.text()).isEqualTo("exact"));
        assertThat(rule().lowers()).hasValueSatisfying(word -> assertThat(word.text()).isEqualTo("general-operators"));
    }

    @Test
    void readsPartsAndTheWhole() {
        assertThat(rule().match().parts()).hasSize(1);
        assertThat(rule().match().whole())
                .isInstanceOfSatisfying(
                        Expression.Binary.class,
                        either -> {
                            assertThat(either.operation()).isEqualTo(Operation.OR);
                            assertThat(either.left()).isInstanceOf(Expression.OnlyUse.class);
                        });
    }

    @Test
    void readsConditionsWithTheUsualPrecedence() {
        assertThat(rule().conditions()).hasSize(2);
        assertThat(rule().conditions().getFirst())
                .isInstanceOfSatisfying(
                        Expression.Binary.class, both -> assertThat(both.operation()).isEqualTo(Operation.BOTH));
    }

    @Test
    void readsExamplesAsClosures() {
        assertThat(rule().examples()).extracting(RuleTree.Example::fires).containsExactly(true, false);
        assertThat(rule().examples().getFirst().graph().body().getLast()).isInstanceOf(Statement.Return.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rule a : exact { match }; 1:24: expected an expression or '{', found '}'",
                "rule a exact; 1:8: expected '{' or ':', found 'exact'",
                "rule a : exact { match A($x) }; 1:30: expected 'where' or 'replace', found '}'",
                "rule a : exact { match \"abc; 1:24: the string is not closed on this line"
            })
    void saysWhatIsWrongAndWhere(String text, String problem) {
        assertThatThrownBy(() -> RuleText.parse(new SourceText("a.rules", text)))
                .isInstanceOf(TextError.class)
                .hasMessageStartingWith("a.rules:" + problem);
    }

    @Test
    void showsTheLineAndACaret() {
        var source = new SourceText("a.rules", "rule a : exact {\n  match A($x,)\n}");

        assertThatThrownBy(() -> RuleText.parse(source))
                .hasMessageStartingWith(
                        "a.rules:2:14: expected an expression, found ')'%n      match A($x,)%n                 ^"
                                .formatted());
    }

    @Test
    void refusesDeepNestingBeforeItExhaustsTheStack() {
        String deep = "rule a : exact { match " + "A(".repeat(100_000) + "$x";

        assertThatThrownBy(() -> RuleText.parse(new SourceText("a.rules", deep)))
                .isInstanceOf(TextError.class)
                .hasMessageContaining("brackets and operators are open");
    }

    @Test
    void refusesLongChainsBeforeTheyExhaustTheStack() {
        String chain = "rule a : exact { match $x " + "+ $x ".repeat(100_000);

        assertThatThrownBy(() -> RuleText.parse(new SourceText("a.rules", chain)))
                .isInstanceOf(TextError.class)
                .hasMessageContaining("brackets and operators are open");
    }
}

package dev.skive.passes.rule.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the reader of rule files makes of rules, and what it says of wrong ones.
class RuleReaderTest {
    private static final String EXAMPLES = " fires (x: f32[2]) = Neg(Neg(x)) skips (x: f32[2]) = Neg(x)";

    private static SourceText source(String text) {
        return new SourceText("test.rules", text);
    }

    private static Rule only(String text) {
        return RuleReader.read(source(text)).getFirst();
    }

    /// A rule of this body with examples that are not looked at.
    private static String rule(String body) {
        return "rule a : exact { %s%s }".formatted(body, EXAMPLES);
    }

    @Test
    void readsARule() {
        Rule rule =
                only(
                        """
                        // -(-x) -> x
                        rule drop-double-negation : exact {
                          match   -(-$x)
                          replace $x
                          fires   (x: f32[a, 3]) = Neg(Neg(x))
                          skips   (x: f32[a, 3]) = Neg(x)
                        }
                        """);

        assertThat(rule.name()).isEqualTo("drop-double-negation");
        assertThat(rule.contract()).isEqualTo(Exactness.EXACT);
        assertThat(rule.cost()).isEqualTo(CostClaim.NODES);
        assertThat(rule.documentation()).isEqualTo("-(-x) -> x");
        assertThat(rule.source()).isEqualTo("test.rules:2");
        assertThatCode(() -> RuleExamples.check(rule)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "match Neg($x) replace $y => unknown variable '$y'; did you mean '$x'?",
                "match Negg($x) replace $x => unknown operator 'Negg'; did you mean 'Neg'?",
                "match Neg($x) replace Negg($x) => unknown operator 'Negg'; did you mean 'Neg'?",
                "match Neg($x) where reel($x) replace $x => unknown function 'reel'; did you mean 'real'?",
                "match Softmax($x, axes=$a) replace $x => unknown attribute 'Softmax.axes'; did you mean 'Softmax.axis'?",
                "match Neg($x) replace Softmax($x, axes=1) => unknown attribute 'Softmax.axes'; did you mean 'Softmax.axis'?",
                "match Neg($x) replace Softmax($x) => Softmax needs the attribute 'axis'",
                "match Neg($x) where rank($x) replace $x => a condition is needed here, found a number",
                "match Neg($x) where rank($x, 1) == 1 replace $x => rank(x) takes 1 arguments, found 2",
                "match Softmax($x, axis=$a) where rank($a) == 1 replace $x => a value is needed here, found a number",
                "match Neg($x) where shape($x) == 1 replace $x => a list is compared with a number",
                "match Neg($x) where $x + 1 == 2 replace $x => arithmetic needs numbers or lists, found a value",
                "match Neg($x) replace shape($x) => a replacement is a value, found a list",
                "match Neg($x) replace Transpose($x, perm=rank($x)) => a list is needed here, found a number",
                "match $x replace $x => a rule begins with an operator: it would match everywhere",
                "match { y = Abs($x) Neg($x) } replace $x => the part 'y' is not in the pattern",
                "match Neg(y) replace $x => unknown part 'y'",
                "match Neg($x) replace $x lowers nods => unknown cost 'nods'; did you mean 'nodes'?",
                "match Neg(shape($x)) replace $x => a pattern is made of operators, variables and numbers"
            })
    void saysWhatIsWrong(String body, String problem) {
        assertThatThrownBy(() -> RuleReader.read(source(rule(body))))
                .isInstanceOf(TextError.class)
                .hasMessageContaining("test.rules:1:")
                .hasMessageContaining(problem)
                .hasMessageEndingWith("^");
    }

    @Test
    void requiresAContract() {
        assertThatThrownBy(() -> only("rule a { match Neg(Neg($x)) replace $x" + EXAMPLES + " }"))
                .hasMessageContaining("test.rules:1:6: rule 'a' has no contract: write ': exact' or ': reassociating'");
    }

    @Test
    void knowsTheContracts() {
        assertThatThrownBy(() -> only("rule a : exakt { match Neg(Neg($x)) replace $x" + EXAMPLES + " }"))
                .hasMessageContaining("test.rules:1:10: unknown contract 'exakt'; did you mean 'exact'?");
    }

    @Test
    void requiresExamplesOfBothKinds() {
        assertThatThrownBy(() -> only("rule a : exact { match Neg(Neg($x)) replace $x }"))
                .hasMessageContaining("rule 'a' has no example where it fires")
                .hasMessageContaining("rule 'a' has no example where it skips");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        String text = rule("match Neg(Neg($x)) replace $x");

        assertThatThrownBy(() -> RuleReader.read(source(text + "\n" + text)))
                .hasMessageContaining("test.rules:2:6: two rules are named 'a'; the first one is test.rules:1");
    }

    @Test
    void refusesARuleThatAMoreGeneralOneHides() {
        String general = "rule general : exact { match $x * $y replace Add($x, $y)" + EXAMPLES + " }\n";
        String special = "rule special : exact { match once Neg($x) * 0.5 replace $x" + EXAMPLES + " }";

        assertThatThrownBy(() -> RuleReader.read(source(general + special)))
                .hasMessageContaining(
                        "test.rules:2:6: rule 'special' never fires: rule 'general' (test.rules:1) matches all");
        assertThatCode(() -> RuleReader.read(source(special + "\n" + general))).doesNotThrowAnyException();
    }

    @Test
    void reportsTheProblemsOfAllRules() {
        String two = rule("match Neg($x) replace $y") + "\n" + rule("match Nag($x) replace $x").replace(" a ", " b ");

        assertThatThrownBy(() -> RuleReader.read(source(two)))
                .isInstanceOfSatisfying(TextError.class, error -> assertThat(error.problems()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fires (x: f32[2]) = Neg(x) skips (x: f32[2]) = Abs(x); does not fire here: expected Neg($x), found x",
                "fires (x: f32[2]) = Neg(Neg(x)) skips (x: f32[2]) = Neg(Neg(x)); fires here and makes x of Neg(Neg(x))"
            })
    void checksTheExamples(String examples, String problem) {
        Rule rule = only("rule a : exact { match Neg(Neg($x)) replace $x " + examples + " }");

        assertThatThrownBy(() -> RuleExamples.check(rule))
                .isInstanceOf(TextError.class)
                .hasMessageContaining("rule 'a' " + problem);
    }

    @Test
    void refusesAReplacementOfAnotherTypeInTheExamples() {
        Rule rule =
                only(
                        "rule a : exact { match Neg($x) replace Cast($x, to=f64) fires (x: f32[2]) = Neg(x) "
                                + "skips (x: f32[2]) = Abs(x) }");

        assertThatThrownBy(() -> RuleExamples.check(rule))
                .hasMessageContaining("the replacement has type f64[2], what it replaces has type f32[2]");
    }

    @Test
    void refusesAReplacementThatCostsAsMuch() {
        Rule rule =
                only(
                        "rule a : exact { match Neg($x) replace Abs($x) fires (x: f32[2]) = Neg(x) "
                                + "skips (x: f32[2]) = Abs(x) }");

        assertThatThrownBy(() -> RuleExamples.check(rule)).hasMessageContaining("no 'nodes' would be saved there");
    }
}

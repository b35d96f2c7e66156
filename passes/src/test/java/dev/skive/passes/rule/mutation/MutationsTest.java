package dev.skive.passes.rule.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.passes.rule.mutation.Mutant.Kind;
import org.junit.jupiter.api.Test;

class MutationsTest {
    private static final String GELU =
            """
            rule recognize-gelu : reassociating {
              match   Mul(Div($x, ~1.5), once Add(Erf($x), 1))
              where   real($x), rank($x) >= 1 && !empty($x)
              replace Gelu($x, form=erf)
            }\
            """;
    private static final String TRANSPOSES =
            """
            rule merge-transposes : exact {
              match   Transpose(Transpose($x, perm=$inner), perm=$outer)
              replace Transpose($x, perm=compose($inner, $outer))
            }\
            """;

    private static java.util.List<String> edits(String rule, Kind kind) {
        return Mutations.of(rule).values().stream()
                .filter(mutant -> mutant.kind() == kind)
                .map(mutant -> mutant.edit().toString())
                .toList();
    }

    @Test
    void changesNumbers() {
        assertThat(edits(GELU, Kind.NUMBER))
                .containsExactly("line 2: '1.5' -> '1.515'", "line 2: '1' -> '2'", "line 3: '1' -> '2'");
    }

    @Test
    void dropsAndTurnsConditions() {
        assertThat(edits(GELU, Kind.CONDITION))
                .containsExactly(
                        "line 3: 'real($x), ' -> ''",
                        "line 3: ', rank($x) >= 1 && !empty($x)' -> ''",
                        "line 3: 'rank($x) >= 1 && !empty($x)' -> 'rank($x) >= 1'",
                        "line 3: 'rank($x) >= 1 && !empty($x)' -> '!empty($x)'",
                        "line 3: '>=' -> '>'",
                        "line 3: '>=' -> '<'",
                        "line 3: '!empty($x)' -> 'empty($x)'");
    }

    @Test
    void dropsGuards() {
        assertThat(edits(GELU, Kind.ONCE)).containsExactly("line 2: 'once Add(Erf($x), 1)' -> 'Add(Erf($x), 1)'");
    }

    @Test
    void swapsOperandsThatMayNotChangePlaces() {
        assertThat(edits(GELU, Kind.ORDER)).containsExactly("line 2: '$x, ~1.5' -> '~1.5, $x'");
    }

    @Test
    void changesAttributes() {
        assertThat(edits(GELU, Kind.ATTRIBUTE)).containsExactly("line 4: 'erf' -> 'tanh'");
        assertThat(edits(TRANSPOSES, Kind.ATTRIBUTE))
                .containsExactly(
                        "line 2: '$inner' -> '$outer'",
                        "line 2: '$outer' -> '$inner'",
                        "line 3: '$inner, $outer' -> '$outer, $inner'",
                        "line 3: 'compose($inner, $outer)' -> '$inner'",
                        "line 3: 'compose($inner, $outer)' -> '$outer'",
                        "line 3: '$inner' -> '$outer'",
                        "line 3: '$outer' -> '$inner'");
    }

    @Test
    void editsTheTextInPlace() {
        assertThat(Mutations.of(TRANSPOSES).values().iterator().next().text())
                .isEqualTo(TRANSPOSES.replace("perm=$inner)", "perm=$outer)"));
    }
}

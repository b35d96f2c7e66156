package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void listsRulesWithContractCostAndSource() {
        Shell result = Shell.run("rules");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .containsPattern("drop-double-negation +exact +nodes +rules/arithmetic.rules:\\d+")
                .containsPattern("\\d+ rules");
    }

    @Test
    void saysInJsonWhatEachRewrites() {
        assertThat(Shell.run("rules", "--json").out())
                .contains("\"name\"", "drop-double-negation", "\"documentation\"", "\"passes\"", "simplify-algebra");
    }
}

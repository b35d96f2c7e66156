package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import org.junit.jupiter.api.Test;

class PassesTest {
    @Test
    void listsPassesAndBundles() {
        Shell result = Shell.run("passes");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .containsPattern("fold-constants\\{inexact=false} +exact")
                .containsPattern("merge-linears\\{limit=3} +reassociating +linears-fused")
                .containsPattern("simplify +fold-constants,simplify-algebra");
    }

    @Test
    void listsTheRulesOfEachPassInJson() {
        assertThat(Shell.run("passes", "--json").out()).contains("\"rules\"", "drop-double-negation", "\"bundles\"");
    }
}

package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    @TempDir Path folder;

    @Test
    void saysWhereARuleFires() {
        Shell result = Shell.run("explain", "recognize-linear", new TinyModels(folder).good());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("recognize-linear (reassociating", "fires at 1 of the 1 nodes", "mat-mul at ");
    }

    @Test
    void saysWhereARuleAlmostFiresAndWhyNot() {
        Shell result = Shell.run("explain", "absorb-bias", new TinyModels(folder).good());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "fires at 0 of the 1 nodes",
                        "nearest places where it does not fire:",
                        "add at ",
                        "expected ",
                        "Linear(",
                        "found MatMul(...)");
    }

    @Test
    void suggestsARule() {
        Shell result = Shell.run("explain", "absorb-bais", new TinyModels(folder).good());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("unknown rule 'absorb-bais'; did you mean 'absorb-bias'?");
    }
}

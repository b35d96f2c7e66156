package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir Path folder;

    @Test
    void checksEveryEngineWithEveryNumberOfThreads() {
        Shell result =
                Shell.run(
                        "verify",
                        new TinyModels(folder).good(),
                        "--shapes",
                        "batch=1;batch=33",
                        "--masks",
                        "full",
                        "--referee",
                        "--json");
        assertThat(result.status()).as(result.err()).isZero();
        // Two engines, each with one thread, with two, and with two against one; two shapes.
        assertThat(result.json().at("/checks")).hasSize(12).allMatch(check -> check.at("/passed").asBoolean());
    }

    @Test
    void failsWhenOutputsAreNotCloseEnough() {
        Shell result = Shell.run("verify", new TinyModels(folder).good(), "--shapes", "batch=1", "--l2", "-1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("FAIL");
        assertThat(result.errors()).hasSize(1);
    }

    @Test
    void doesNotCheckTheReferenceAgainstItself() {
        Shell result = Shell.run("verify", new TinyModels(folder).good(), "--shapes", "batch=1", "--engine", "ort");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).hasSize(1);
    }
}

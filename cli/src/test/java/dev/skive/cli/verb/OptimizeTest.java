package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizeTest {
    @TempDir Path folder;

    @Test
    void reportsPassesAndRulesAndWritesAModelThatStillVerifies() {
        Path output = folder.resolve("fused.onnx");
        Shell result = Shell.run("optimize", new TinyModels(folder).good(), output, "--pipeline", "simplify,fuse");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("fuse-linears", "rule recognize-linear fired 1 times", "nodes became");
        assertThat(Shell.run("verify", output, "--shapes", "batch=3").status()).isZero();
    }

    @Test
    void stopsAfterTheFirstPasses() {
        Shell result =
                Shell.run(
                        "optimize",
                        new TinyModels(folder).good(),
                        folder.resolve("out.onnx"),
                        "--pipeline",
                        "simplify,fuse",
                        "--print-pipeline",
                        "--stop-after",
                        1);
        assertThat(result.out().lines().findFirst()).contains("fold-constants{inexact=false}");
    }
}

package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
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

    @Test
    void logsEachRewrite() {
        Shell result =
                Shell.run(
                        "optimize",
                        new TinyModels(folder).good(),
                        folder.resolve("out.onnx"),
                        "--pipeline",
                        "fuse",
                        "--log-rules");
        assertThat(result.out()).contains("recognize-linear at ", "  - MatMul(", "  + Linear(");
    }

    @Test
    void takesThePipelineFromAFileBesideTheModel() throws IOException {
        Path model = new TinyModels(folder).good();
        Files.writeString(folder.resolve("skive.toml"), "[optimize]\npipeline = \"fuse-linears\"\n");

        Shell found = Shell.run("optimize", model, folder.resolve("out.onnx"), "--print-pipeline");
        Shell overruled =
                Shell.run(
                        "optimize", model, folder.resolve("out.onnx"), "--print-pipeline", "--pipeline", "fuse-norms");

        assertThat(found.out().lines().findFirst()).contains("fuse-linears");
        assertThat(overruled.out().lines().findFirst()).contains("fuse-norms");
    }
}

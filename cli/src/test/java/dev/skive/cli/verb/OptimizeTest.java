package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.ExitCode;
import dev.skive.ir.data.TensorData;
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

    private Path samples() {
        Path file = folder.resolve("samples.npz");
        Npz.write(ImmutableMap.of("x", TensorData.ofFloats(new float[] {1, 2, 3, -1, 0, 2}, 2, 3)), file);
        return file;
    }

    @Test
    void reportsWhatPassesDid() throws IOException {
        Path report = folder.resolve("report.json");
        Shell result =
                Shell.run(
                        "optimize",
                        new TinyModels(folder).good(),
                        folder.resolve("out.onnx"),
                        "--pipeline=recognize",
                        "--calibration",
                        samples(),
                        "--metric=cosine>=0.999,top-1",
                        "--rounds=1",
                        "--shape=batch=2",
                        "--report",
                        report);

        assertThat(result.status()).as(result.err()).isZero();
        JsonNode effect = new ObjectMapper().readTree(report.toFile()).path("effect");
        assertThat(effect.path("quality").findValuesAsText("metric")).containsExactly("cosine", "relative-l2", "top-1");
        assertThat(effect.at("/quality/0/after").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(effect.at("/quality/0/budget").asText()).isEqualTo("cosine>=0.999");
        assertThat(effect.at("/cost/before/parameters").asLong()).isEqualTo(3 * 4 + 4);
        assertThat(effect.at("/cost/after/flops").asLong()).isEqualTo(2 * 2 * 3 * 4);
        assertThat(effect.at("/latency/threads").asInt()).isEqualTo(1);
        assertThat(effect.at("/latency/rounds").asInt()).isEqualTo(1);
        assertThat(effect.at("/latency/after/medianNanos").asDouble()).isPositive();
    }

    @Test
    void writesNothingWhenABudgetIsBroken() {
        Path output = folder.resolve("out.onnx");
        Path report = folder.resolve("report.json");
        Shell result =
                Shell.run(
                        "optimize",
                        new TinyModels(folder).good(),
                        output,
                        "--calibration",
                        samples(),
                        "--metric=cosine>=1.1",
                        "--report",
                        report);

        assertThat(result.status()).isEqualTo(ExitCode.CHECK_FAILED.status());
        assertThat(result.out()).contains("cosine>=1.1 BROKEN");
        assertThat(result.errors()).singleElement().asString().contains("nothing is written");
        assertThat(output).doesNotExist();
        assertThat(report).doesNotExist();
    }

    @Test
    void explainsWhatDataIsMissing() {
        Path model = new TinyModels(folder).good();
        Path output = folder.resolve("out.onnx");

        assertThat(Shell.run("optimize", model, output, "--metric=spearman").err()).contains("give them with --pairs");
        assertThat(Shell.run("optimize", model, output, "--metric=kl").err()).contains("give it with --calibration");
        Shell noSuchFile = Shell.run("optimize", model, output, "--calibration=missing.npz");
        assertThat(noSuchFile.status()).isEqualTo(ExitCode.IO.status());
        assertThat(Shell.run("optimize", model, output, "--calibration", model).err()).contains("text needs");
        assertThat(output).doesNotExist();
    }
}

package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir Path folder;

    @Test
    void failsBelowTheRatioAskedForAndSaysWhatItMeasuredOn() {
        Path model = new TinyModels(folder).good();
        Shell result =
                Shell.run(
                        "bench",
                        model,
                        "--shapes",
                        "batch=2",
                        "--threads",
                        1,
                        "--rounds",
                        2,
                        "--assert-ratio",
                        1e9,
                        "--json");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).hasSize(1).first().asString().contains("batch=2, 1 threads", "is below");
        JsonNode row = result.json().at("/rows/0");
        assertThat(row.at("/skive/calls").asInt()).isGreaterThanOrEqualTo(8);
        assertThat(row.at("/skive/minimumNanos").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(row.at("/skive/medianNanos").asDouble());
        assertThat(row.at("/ratio").asDouble())
                .isEqualTo(row.at("/onnxRuntime/medianNanos").asDouble() / row.at("/skive/medianNanos").asDouble());
        assertThat(result.json().at("/machine/onnxRuntime").asText()).isNotEmpty();
        assertThat(result.json().at("/machine/jdk").asText()).contains(System.getProperty("java.runtime.version"));
    }

    @Test
    void measuresEveryModelOfAFolder() throws java.io.IOException {
        new TinyModels(folder).good();
        java.nio.file.Files.writeString(folder.resolve("zz.onnx"), "no model");
        Shell result = Shell.run("bench", "--all", folder, "--rounds", 1, "--json");
        assertThat(result.status()).isEqualTo(1);
        JsonNode models = result.json().at("/models");
        assertThat(models.size()).isEqualTo(2);
        assertThat(models.at("/0/rows/0/ratio").asDouble()).isPositive();
        assertThat(models.at("/1/failure").asText()).isNotEmpty();
    }
}

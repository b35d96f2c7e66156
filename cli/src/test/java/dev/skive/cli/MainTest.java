package dev.skive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "optimize", "compile", "run", "verify", "bench", "demo"})
    void everyVerbHasTheCommonOptionsAndNoUnderscores(String verb) {
        Shell help = Shell.run(verb, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--json", "-q, --quiet", "-v, --verbose", "--seed", "-h, --help");
        assertThat(help.out()).doesNotContainPattern("--[a-z-]*_");
    }

    @Test
    void asksForAVerb() {
        Shell result = Shell.run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).containsExactly("skive: error: a verb is missing");
    }

    @Test
    void helpNamesEveryVerbAndExitCode() {
        assertThat(Shell.run("--help").out()).contains("inspect", "verify", "demo", "70 a defect in skive");
    }

    @Test
    void everyReportIsOneJsonObject() {
        Path model = new TinyModels(folder).good();
        assertThat(json("inspect", model).at("/onnx/operators/MatMul").asInt()).isEqualTo(1);
        assertThat(
                        json("optimize", model, folder.resolve("o.onnx"), "--pipeline", "simplify,fuse")
                                .at("/passes")
                                .isArray())
                .isTrue();
        assertThat(json("compile", model, "-o", folder.resolve("src")).at("/mainClass").asText())
                .isEqualTo("generated.Good");
        assertThat(json("run", model, "--shape", "batch=2").at("/outputs/0/type").asText()).isEqualTo("f32[2,4]");
        assertThat(json("verify", model, "--shapes", "batch=2").at("/passed").asBoolean()).isTrue();
    }

    @Test
    void errorsAreJsonToo() {
        Shell result = Shell.run("inspect", folder.resolve("none.onnx"), "--json");
        assertThat(result.json().at("/schemaVersion").asInt()).isEqualTo(1);
        assertThat(result.json().at("/error/code").asInt()).isEqualTo(5);
        assertThat(result.json().at("/error/message").asText()).contains("none.onnx");
    }

    @Test
    void quietMeansErrorsOnly() {
        Path model = new TinyModels(folder).good();
        Shell result = Shell.run("inspect", "-q", model);
        assertThat(result).isEqualTo(new Shell(0, "", ""));
    }

    private static JsonNode json(Object... arguments) {
        var words = new java.util.ArrayList<>(java.util.List.of(arguments));
        words.add("--json");
        Shell result = Shell.run(words.toArray());
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.json().at("/schemaVersion").asInt()).isEqualTo(1);
        return result.json();
    }
}

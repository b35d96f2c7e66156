package dev.skive.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir Path folder;

    private ConfigFile file(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("skive.toml"), text));
    }

    @Test
    void givesThePipelineForAllVerbs() throws IOException {
        ConfigFile config = file("pipeline = \"simplify,fuse\"\n");

        assertThat(config.pipeline("optimize")).contains("simplify,fuse");
        assertThat(config.pipeline("compile")).contains("simplify,fuse");
    }

    @Test
    void letsASectionTakeItsPlace() throws IOException {
        ConfigFile config = file("pipeline = \"exact\"\n[optimize]\npipeline = \"simplify,fuse\"\n");

        assertThat(config.pipeline("optimize")).contains("simplify,fuse");
        assertThat(config.pipeline("compile")).contains("exact");
    }

    @Test
    void mayBeEmpty() throws IOException {
        assertThat(file("").pipeline("optimize")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "pipline = 'exact' => unknown key 'pipline'",
                "pipline = 'exact' => did you mean 'pipeline'?",
                "[optimise] => unknown key 'optimise'",
                "optimize.pasess = 'exact' => unknown key 'optimize.pasess'",
                "pipeline = 3 => must be a text such as",
                "pipeline = => skive.toml:1:"
            })
    void refusesWhatHasNoMeaning(String text, String problem) {
        assertThatThrownBy(() -> file(text.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(problem);
    }
}

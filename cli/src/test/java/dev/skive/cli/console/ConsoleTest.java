package dev.skive.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    @ParameterizedTest
    @CsvSource({"0, 0B", "999, 999B", "1000, 1.0kB", "90984153, 91.0MB", "1500000000, 1.5GB", "123456, 123kB"})
    void bytesAreForPeople(long count, String text) {
        assertThat(Console.bytes(count)).isEqualTo(text);
    }

    @Test
    void tablesAlignNumbersToTheRight() {
        assertThat(new Table("name", "ms").row("a", 1.5).row("longer", 12).toString())
                .isEqualTo(
                        """
                        name     ms
                        a       1.5
                        longer   12\
                        """);
    }

    @Test
    void progressIsShownToPeopleOnlyAndNotAtOnce() {
        var shown = new ByteArrayOutputStream();
        var stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (Progress progress =
                new Console(new Streams(stream, stream, true), new Settings()).progress("working", 2)) {
            progress.step();
            progress.step();
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}

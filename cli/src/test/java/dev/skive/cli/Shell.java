package dev.skive.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skive.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One call of the command in this JVM, and what it printed.
///
/// @param status the exit status
/// @param out what it printed to the output stream
/// @param err what it printed to the error stream
public record Shell(int status, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Runs the command.
    public static Shell run(Object... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams =
                new Streams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int status = Main.execute(streams, words);
        return new Shell(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// What it printed to the output stream, as JSON.
    public JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }

    /// The error messages.
    public List<String> errors() {
        return err.lines().filter(line -> line.startsWith("skive: error: ")).toList();
    }
}

package dev.skive.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skive.ir.file.ReplacedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// What one call of the command prints, as its settings ask for. Text goes to the output stream unless JSON was asked
/// for; errors, warnings and progress go to the error stream.
public final class Console {
    /// Version of the JSON objects; grows when a field changes its meaning or goes away.
    public static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Streams streams;
    private final Settings settings;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    /// A console that prints to streams.
    public Console(Streams streams, Settings settings) {
        this.streams = streams;
        this.settings = settings;
    }

    /// Prints a line of text.
    public void print(String line) {
        if (!settings.isQuiet() && !settings.isJson()) {
            streams.out().println(harmless(line));
        }
    }

    /// Prints a line of text that sums up the work, also when little was asked for.
    public void conclude(String line) {
        if (!settings.isJson()) {
            streams.out().println(line);
        }
    }

    /// Prints a line of text when more was asked for.
    public void detail(String line) {
        if (settings.isVerbose()) {
            print(line);
        }
    }

    /// Prints a record or map as the JSON object of this call, when JSON was asked for.
    public void json(Object result) {
        if (!settings.isJson()) {
            return;
        }
        streams.out().println(text(result));
    }

    /// Writes a record or map as a JSON object to a file, which appears when it is complete.
    public void writeJson(Object result, Path target) throws IOException {
        try (var file = new ReplacedFile(target)) {
            ReplacedFile.copy(MemorySegment.ofArray(text(result).getBytes(StandardCharsets.UTF_8)), file.channel());
            file.commit();
        }
    }

    private static String text(Object result) {
        ObjectNode object = JSON.createObjectNode().put("schemaVersion", SCHEMA_VERSION);
        object.setAll((ObjectNode) JSON.valueToTree(result));
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not writable as JSON: " + result, e);
        }
    }

    /// Prints a warning.
    public void warn(String message) {
        if (!settings.isQuiet()) {
            streams.err().println("skive: warning: " + harmless(message));
        }
    }

    /// Prints an error.
    public void error(String message) {
        streams.err().println("skive: error: " + harmless(message));
    }

    /// Text from models must not drive the terminal: control characters are written out.
    private static String harmless(String text) {
        return CONTROL.matcher(text).replaceAll(match -> "<U+%04X>".formatted((int) match.group().charAt(0)));
    }

    /// Starts showing the progress of work that is done in steps; nothing is shown when nobody watches.
    public Progress progress(String task, long steps) {
        boolean shown = streams.interactive() && !settings.isQuiet() && !settings.isJson();
        return shown ? Progress.shown(task, steps, streams.err()) : Progress.hidden();
    }

    /// The seed of everything random.
    public long seed() {
        return settings.seed();
    }

    /// A number of bytes for people, `86.8MB` for example.
    public static String bytes(long count) {
        if (count < 1000) {
            return count + "B";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = count / 1e3;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 99.5 ? "%.1f%s" : "%.0f%s", value, units[unit]);
    }
}

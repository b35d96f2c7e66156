package dev.skive.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One call of the command in a JVM of its own.
///
/// @param status the exit status
/// @param out what it printed to the output stream
/// @param err what it printed to the error stream
/// @param time from the start of the JVM to its end
public record ChildJvm(int status, String out, String err, Duration time) {
    /// Runs the command.
    ///
    /// @param flags flags of the JVM
    /// @param folder an empty folder to work in
    public static ChildJvm run(List<String> flags, Path folder, Object... arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.add(Main.class.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(words::add);
        try {
            Path out = Files.createTempFile(folder, "child", ".out");
            Path err = Files.createTempFile(folder, "child", ".err");
            var builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            long start = System.nanoTime();
            int status = builder.start().waitFor();
            var time = Duration.ofNanos(System.nanoTime() - start);
            return new ChildJvm(status, text(out), text(err), time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a child was running", e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}

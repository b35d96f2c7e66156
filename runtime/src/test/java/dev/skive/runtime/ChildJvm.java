package dev.skive.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the main method of a test class in a JVM with other options.
///
/// @param exit the exit code
/// @param output what it printed, errors included
public record ChildJvm(int exit, String output) {
    private static final int SECONDS = 120;

    /// Starts a JVM and waits for it.
    public static ChildJvm run(Class<?> program, List<String> options, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end after %d s: %s".formatted(SECONDS, output));
        }
        return new ChildJvm(process.exitValue(), output);
    }
}

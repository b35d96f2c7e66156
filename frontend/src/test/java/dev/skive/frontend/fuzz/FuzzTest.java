package dev.skive.frontend.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every target on its seeds, on what fuzzing found before, and on what Jazzer makes of them: all targets at once, each
/// in a JVM with little memory, for `skive.fuzz.seconds`. What is found is left in `target/fuzz/TARGET/`, and belongs
/// into `src/test/resources/fuzz/TARGET/` once it is mended.
class FuzzTest {
    private static final long SECONDS = Long.getLong("skive.fuzz.seconds", 30);
    private static final String SEPARATOR = System.getProperty("path.separator");
    private static final String LIBRARIES = String.join(SEPARATOR, "dev.skive.frontend.onnx.proto.**", "com.google.**");
    private static final long START_AND_END = 120;
    private static final Path FOUND_BEFORE = Path.of("src/test/resources/fuzz");
    private static final Path WORK = Path.of("target/fuzz");

    @ParameterizedTest
    @EnumSource
    void staysMended(FuzzTarget target) throws IOException {
        for (byte[] seed : Seeds.of(target)) {
            target.run(seed);
        }
        Path folder = FOUND_BEFORE.resolve(target.toString());
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                target.run(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void findsNothing() throws IOException, InterruptedException {
        Map<FuzzTarget, Process> running = new EnumMap<>(FuzzTarget.class);
        try {
            for (FuzzTarget target : FuzzTarget.values()) {
                running.put(target, start(target));
            }
            for (Map.Entry<FuzzTarget, Process> entry : running.entrySet()) {
                boolean ended = entry.getValue().waitFor(SECONDS + START_AND_END, TimeUnit.SECONDS);
                String log = Files.readString(log(entry.getKey()), StandardCharsets.ISO_8859_1);
                assertThat(ended).as("%s ended in time", entry.getKey()).isTrue();
                assertThat(entry.getValue().exitValue()).as("%s", tail(log)).isZero();
                assertThat(log).as("%s ran", entry.getKey()).contains("stat::number_of_executed_units");
            }
        } finally {
            running.values().forEach(Process::destroyForcibly);
        }
    }

    private static Process start(FuzzTarget target) throws IOException {
        Path work = WORK.resolve(target.toString());
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path seeds = Files.createDirectories(work.resolve("seeds"));
        int index = 0;
        for (byte[] seed : Seeds.of(target)) {
            Files.write(seeds.resolve("seed-" + index++), seed);
        }
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.className(),
                        "--instrumentation_includes="
                                + String.join(SEPARATOR, "dev.skive.**", "com.fasterxml.jackson.core.json.**"),
                        "--instrumentation_excludes=" + LIBRARIES,
                        "--custom_hook_excludes=" + LIBRARIES,
                        "--reproducer_path=" + work,
                        "-artifact_prefix=" + work + "/",
                        "-max_total_time=" + SECONDS,
                        "-timeout=20",
                        "-rss_limit_mb=4000",
                        "-max_len=16384",
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString()));
        Path before = FOUND_BEFORE.resolve(target.toString());
        if (Files.isDirectory(before)) {
            words.add(before.toString());
        }
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log(target).toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private static Path log(FuzzTarget target) {
        return WORK.resolve(target + ".log");
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}

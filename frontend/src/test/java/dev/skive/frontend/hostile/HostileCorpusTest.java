package dev.skive.frontend.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableMap;
import com.sun.management.ThreadMXBean;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Imports every hostile model, and holds the files in the folder to the code that builds them. With
/// `-Dskive.hostile.rewrite=true` the files are written anew.
class HostileCorpusTest {
    /// Of everything ever allocated, not at one time: importing any of them fits in a few megabytes.
    private static final long MAXIMUM_ALLOCATED = 512L << 20;

    private static final Duration MAXIMUM_TIME = Duration.ofSeconds(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private static Path outside;

    private static Path folder = Path.of("");

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = HostileFolder.make(outside);
    }

    @Test
    void filesAreWhatCodeBuilds() throws IOException {
        ImmutableMap<String, byte[]> files = HostileCorpus.files();
        Path corpus = Path.of(HostileCorpus.FOLDER);
        if (Boolean.getBoolean("skive.hostile.rewrite")) {
            rewrite(files, corpus);
        }
        try (Stream<Path> found = Files.list(corpus)) {
            assertThat(found.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(Files.readAllBytes(corpus.resolve(file.getKey()))).as(file.getKey()).isEqualTo(file.getValue());
            assertThat(file.getValue().length).as(file.getKey()).isLessThan(128 << 10);
        }
    }

    private static void rewrite(ImmutableMap<String, byte[]> files, Path corpus) throws IOException {
        Files.createDirectories(corpus);
        try (Stream<Path> old = Files.list(corpus)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(corpus.resolve(file.getKey()), file.getValue());
        }
    }

    static Stream<HostileModel> models() {
        return HostileCorpus.models().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void importIsSafe(HostileModel model) {
        Path path = folder.resolve(model.file());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        SkiveException error =
                catchThrowableOfType(SkiveException.class, () -> assertThat(read(path).outputs()).isNotEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAXIMUM_TIME);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MAXIMUM_ALLOCATED);
        if (model.status() == 0) {
            assertThat(error).isNull();
        } else {
            assertThat(error).isNotNull().hasMessageContaining(model.message());
            assertThat(error.code().status()).isEqualTo(model.status());
        }
    }

    private static Graph read(Path path) {
        return new OnnxImporter().read(path);
    }
}

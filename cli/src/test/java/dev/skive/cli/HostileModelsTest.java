package dev.skive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each verb makes of the hostile models, which the frontend's tests build: each is refused with its exit status and
/// one message, or its harm is undone.
class HostileModelsTest {
    private static final Path CORPUS = Path.of("../frontend/src/test/resources/hostile");
    private static final byte[] SECRET = {(byte) 0xEE, (byte) 0xEE, (byte) 0xEE, (byte) 0xEE};

    @TempDir private static Path outside;

    private static Path folder = Path.of("");

    /// A model and what becomes of it.
    ///
    /// @param file its name
    /// @param status the exit status of every verb; 0 when it can be compiled
    /// @param message part of the message
    record Hostile(String file, int status, String message) {
        @Override
        public String toString() {
            return file;
        }
    }

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = Files.createDirectory(outside.resolve("models"));
        Path data = Files.write(outside.resolve("outside.bin"), SECRET);
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.createSymbolicLink(folder.resolve("link.bin"), data);
        Files.createLink(folder.resolve("hard.bin"), data);
        Files.createSymbolicLink(folder.resolve("up"), outside);
    }

    private static List<Hostile> all() throws IOException {
        return Files.readAllLines(CORPUS.resolve("list.tsv")).stream()
                .map(line -> Splitter.on('\t').splitToList(line))
                .map(parts -> new Hostile(parts.get(0), Integer.parseInt(parts.get(1)), parts.get(2)))
                .toList();
    }

    static Stream<Hostile> refused() throws IOException {
        return all().stream().filter(model -> model.status() != 0);
    }

    static Stream<Hostile> harmless() throws IOException {
        return all().stream().filter(model -> model.status() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void everyVerbRefuses(Hostile model, @TempDir Path out) throws IOException {
        Path file = folder.resolve(model.file());
        assertRefused(model, Shell.run("inspect", file));
        assertRefused(model, Shell.run("compile", file, "-o", out.resolve("source")));
        assertRefused(model, Shell.run("compile", file, "--jar", out.resolve("model.jar")));
        assertRefused(model, Shell.run("optimize", file, out.resolve("out.onnx")));
        assertRefused(model, Shell.run("run", file));
        assertRefused(model, Shell.run("verify", file));
        assertRefused(model, Shell.run("bench", file));
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written).isEmpty();
        }
    }

    private static void assertRefused(Hostile model, Shell result) {
        assertThat(result.status()).as(result.err()).isEqualTo(model.status());
        assertThat(result.errors()).hasSize(1).first().asString().contains(model.message());
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void theOthersCompile(Hostile model, @TempDir Path out) throws IOException {
        Path file = folder.resolve(model.file());
        assertWorks(Shell.run("inspect", file));
        assertWorks(Shell.run("compile", file, "-o", out.resolve("source"), "--jar", out.resolve("model.jar")));
        assertWorks(Shell.run("optimize", file, out.resolve("out.onnx"), "--external-data-threshold", "0"));
        assertWorks(Shell.run("inspect", out.resolve("out.onnx")));
        Shell run = Shell.run("run", out.resolve("model.jar"), "--output", out.resolve("out.npz"));
        assertThat(run.status()).as(run.err()).isIn(0, 2, 4);
        assertThat(run.err()).doesNotContain("\tat ");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(path -> path.getFileName().toString()))
                    .isSubsetOf("source", "model.jar", "out.onnx", "out.onnx.data", "out.npz");
        }
        try (Stream<Path> written = Files.walk(out.resolve("source"))) {
            assertThat(written.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allMatch(path -> path.getFileName().toString().matches("[A-Za-z0-9]+\\.(java|weights)"));
        }
    }

    private static void assertWorks(Shell result) {
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void nothingOutsideIsTouched() throws IOException {
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.equals("models") || name.equals("outside.bin") || name.startsWith("junit"));
        }
        assertThat(Files.readAllBytes(outside.resolve("outside.bin"))).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bomb-concat.onnx",
                "bomb-folding.onnx",
                "bytes-deeper-graphs.onnx",
                "functions-double.onnx",
                "size-cut-again-and-again.onnx",
                "sparse-2-gb.onnx",
                "tensor-promises-4-gb.onnx"
            })
    void littleMemoryIsEnough(String file, @TempDir Path out) throws IOException {
        Hostile model = all().stream().filter(any -> any.file().equals(file)).findFirst().orElseThrow();
        var child =
                ChildJvm.run(
                        List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m"),
                        out,
                        "optimize",
                        folder.resolve(file),
                        out.resolve("out.onnx"),
                        "--limit-folded-bytes",
                        "1MB");
        assertThat(child.status()).as(child.err()).isEqualTo(model.status());
        assertThat(child.err()).contains(model.message()).doesNotContain("\tat ");
    }
}

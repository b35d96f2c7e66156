package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import dev.skive.cli.ChildJvm;
import dev.skive.cli.Shell;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MiniLM through `skive compile`, in a JVM with little memory.
class MiniLmCompileTest {
    private static final String ENTRY = "all-minilm-l6-v2.onnx";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int MAXIMUM_CODE = 8_000;
    private static final long MAXIMUM_SOURCE = 400_000;

    @TempDir static Path folder = Path.of("");

    private static Duration best = Duration.ofDays(1);

    /// The fastest of a few attempts counts, because other work on the machine slows one down.
    @BeforeAll
    static void compile() throws IOException {
        URL model = Objects.requireNonNull(MiniLmCompileTest.class.getClassLoader().getResource(ENTRY));
        String jar = Path.of(((JarURLConnection) model.openConnection()).getJarFile().getName()).toString();
        for (int attempt = 0; attempt < ATTEMPTS && (attempt < 2 || best.compareTo(LIMIT) > 0); attempt++) {
            Path output = folder.resolve("run" + attempt);
            ChildJvm child =
                    ChildJvm.run(
                            List.of("-Xmx512m"),
                            folder,
                            "compile",
                            jar + "!" + ENTRY,
                            "-o",
                            output,
                            "--jar",
                            output.resolve("minilm.jar"),
                            "--package",
                            "com.example",
                            "--class-name",
                            "MiniLm");
            assertThat(child.status()).as(child.err()).isZero();
            best = child.time().compareTo(best) < 0 ? child.time() : best;
        }
    }

    @Test
    void takesAtMostTenSecondsAndHalfAGigabyteOfHeap() {
        assertThat(best).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void aSecondRunGivesTheSameBytes() throws IOException {
        List<Path> files = files(folder.resolve("run0"));
        assertThat(files).hasSizeGreaterThanOrEqualTo(4);
        for (Path file : files) {
            Path other = folder.resolve("run1").resolve(folder.resolve("run0").relativize(file));
            assertThat(Files.mismatch(file, other)).as("first difference in %s", file).isEqualTo(-1);
        }
    }

    @Test
    void sourceIsSmallAndFreeOfWarnings() throws IOException {
        List<Path> sources =
                files(folder.resolve("run0")).stream().filter(file -> file.toString().endsWith(".java")).toList();
        long bytes = 0;
        for (Path source : sources) {
            bytes += Files.size(source);
        }
        assertThat(bytes).isPositive().isLessThan(MAXIMUM_SOURCE);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done =
                    compiler.getTask(
                                    messages,
                                    manager,
                                    null,
                                    List.of(
                                            "-Xlint:all,-incubating,-path",
                                            "-Werror",
                                            "-proc:none",
                                            "--add-modules",
                                            "jdk.incubator.vector",
                                            "-d",
                                            Files.createTempDirectory(folder, "classes").toString()),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(sources))
                            .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }

    @Test
    void everyMethodIsSmallEnoughToBeCompiledByTheJvm() throws IOException {
        List<String> tooLarge = new ArrayList<>();
        int methods = 0;
        try (var jar = new ZipFile(folder.resolve("run0/minilm.jar").toFile())) {
            for (ZipEntry entry : jar.stream().filter(file -> file.getName().endsWith(".class")).toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
                    methods++;
                    int length = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
                    if (length > MAXIMUM_CODE) {
                        tooLarge.add("%s.%s: %d".formatted(entry.getName(), method.methodName(), length));
                    }
                }
            }
        }
        assertThat(methods).isGreaterThan(10);
        assertThat(tooLarge).isEmpty();
    }

    @Test
    void runsWithoutAnyFlagOnScalarKernelsAndSaysSoOnce() {
        Path jar = folder.resolve("run0/minilm.jar");
        ChildJvm child =
                ChildJvm.run(List.of(), folder, "run", jar, "--shape", "batch=1,sequence=8", "--threads", 1, "-v");
        assertThat(child.status()).as(child.err()).isZero();
        assertThat(child.out()).contains("f32[1,8,384]", "scalar, first call");
        assertThat(child.err().lines().filter(line -> line.contains("--add-modules jdk.incubator.vector")))
                .hasSize(1)
                .allMatch(line -> line.contains("scalar kernels"));
    }

    @Test
    void inspectSaysWhatIsInTheModel() throws IOException {
        Shell result = Shell.run("inspect", folder.resolve("run0/minilm.jar"));
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("input_ids: i64[", "attention_mask: i64[", "token_type_ids: i64[");
    }

    @SuppressWarnings("UnstableApiUsage")
    private static List<Path> files(Path root) {
        List<Path> files = new ArrayList<>();
        MoreFiles.fileTraverser()
                .breadthFirst(root)
                .forEach(file -> {
                    if (Files.isRegularFile(file)) {
                        files.add(file);
                    }
                });
        return files;
    }
}

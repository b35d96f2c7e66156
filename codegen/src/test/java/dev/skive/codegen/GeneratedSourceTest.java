package dev.skive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.build.ModelJar;
import dev.skive.ir.graph.RandomGraphs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedSourceTest {
    /// Longer methods are never compiled by HotSpot.
    private static final int LONGEST_METHOD = 8000;

    private static final String SOURCE = "golden/TinyEncoderVector.java";
    private static final String GOLDEN = "golden/TinyEncoderVector.txt";

    private static GeneratedModel encoder(int layers) {
        return Codegen.generate(TinyEncoder.graph("tiny-encoder", layers), CodegenOptions.of("golden", "TinyEncoder"));
    }

    private static byte[] weights(GeneratedModel model) throws IOException {
        var bytes = new ByteArrayOutputStream();
        model.weights().write(bytes);
        return bytes.toByteArray();
    }

    @Property(tries = 50)
    void theSameGraphGivesTheSameBytes(@ForAll("seeds") long seed) throws IOException {
        var options = CodegenOptions.of("same", "Same");
        GeneratedModel first = Codegen.generate(RandomGraphs.graph(seed), options);
        GeneratedModel second = Codegen.generate(RandomGraphs.graph(seed), options);
        assertThat(second.sources()).isEqualTo(first.sources());
        assertThat(second.sources().keySet()).containsExactlyElementsOf(first.sources().keySet());
        assertThat(weights(second)).isEqualTo(weights(first));
        assertThat(second.weights().sha256()).isEqualTo(first.weights().sha256());
    }

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }

    /// The golden shows what a person reads. Run with `-Dskive.goldens=write` to rewrite it on purpose.
    @Test
    void vectorClassOfAnEncoder() throws IOException {
        String found = encoder(2).sources().getOrDefault(SOURCE, "");
        if (System.getProperty("skive.goldens", "").equals("write")) {
            Path file = Path.of("src/test/resources", GOLDEN);
            Files.createDirectories(Path.of("src/test/resources/golden"));
            Files.writeString(file, found);
        }
        try (InputStream golden = GeneratedSourceTest.class.getResourceAsStream("/" + GOLDEN)) {
            assertThat(golden).as("the golden").isNotNull();
            assertThat(found).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// Twelve layers are as much source as two, but for the calls.
    @Test
    void identicalLayersAreOneMethod() {
        Map<String, Integer> two = sizes(encoder(2));
        Map<String, Integer> twelve = sizes(encoder(12));
        assertThat(twelve.keySet()).isEqualTo(two.keySet());
        twelve.forEach((path, size) -> assertThat(size - two.getOrDefault(path, 0)).as(path).isLessThan(1000));
        String source = encoder(12).sources().getOrDefault(SOURCE, "");
        assertThat(source).containsOnlyOnce("static void transformerLayer(");
        assertThat(source.split("transformerLayer\\(w, ")).hasSize(12 + 1);
    }

    private static Map<String, Integer> sizes(GeneratedModel model) {
        var sizes = new HashMap<String, Integer>();
        model.sources().forEach((path, text) -> sizes.put(path, text.length()));
        return sizes;
    }

    @Test
    void methodsAreShortEnoughToBeCompiled(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("model.jar");
        ModelJar.write(encoder(12), jar);
        methodLengths(jar)
                .forEach((method, length) -> assertThat(length).as(method).isLessThanOrEqualTo(LONGEST_METHOD));
    }

    private static ImmutableMap<String, Integer> methodLengths(Path jar) throws IOException {
        var lengths = ImmutableMap.<String, Integer>builder();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                var model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                for (var method : model.methods()) {
                    String name = entry.getName() + "#" + method.methodName() + method.methodType();
                    method.code().ifPresent(code -> lengths.put(name, ((CodeAttribute) code).codeLength()));
                }
            }
        }
        return lengths.buildOrThrow();
    }

    /// Long runs of different kernels are cut into methods too.
    @Property(tries = 5)
    void longRunsAreCut(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("skive");
        Path jar = folder.resolve("model.jar");
        ModelJar.write(Codegen.generate(LongGraphs.graph(seed, 150), CodegenOptions.of("cut", "Cut")), jar);
        methodLengths(jar)
                .forEach((method, length) -> assertThat(length).as(method).isLessThanOrEqualTo(LONGEST_METHOD));
        Files.delete(jar);
        Files.delete(folder);
    }
}

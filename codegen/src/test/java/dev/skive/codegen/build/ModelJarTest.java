package dev.skive.codegen.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.TinyEncoder;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelJarTest {
    private static final ModelOptions OPTIONS = new ModelOptions(1, InstructionSet.VECTOR);
    private static final Map<String, Tensor> INPUTS =
            Map.of("input_ids", LongTensor.of(new long[] {1, 2, 3}, 1, 3), "mask", FloatTensor.of(new float[3], 1, 3));

    @TempDir private Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void name() {
        jar = folder.resolve("model.jar");
    }

    private static GeneratedModel model() {
        return Codegen.generate(TinyEncoder.graph("tiny", 2), CodegenOptions.of("jar.test", "Tiny"));
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        ModelJar.write(model(), jar);
        Path again = folder.resolve("again.jar");
        ModelJar.write(model(), again);
        assertThat(again).hasSameBinaryContentAs(jar);
    }

    @Test
    void aJarComputesWhatTheCompiledModelDoes() throws IOException {
        ModelJar.write(model(), jar);
        try (Model opened = ModelLoader.open(jar, OPTIONS);
                Model compiled = ModelLoader.compile(model(), OPTIONS)) {
            assertThat(opened.run(INPUTS)).isEqualTo(compiled.run(INPUTS));
            assertThat(opened.name()).isEqualTo("tiny");
        }
    }

    /// Weights packed for another vector width are repacked when they are loaded.
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void weightsFitEveryMachine(int lanes) throws IOException {
        var options = CodegenOptions.of("jar.test", "Tiny").withFloatLanes(lanes);
        ModelJar.write(Codegen.generate(TinyEncoder.graph("tiny", 2), options), jar);
        try (Model opened = ModelLoader.open(jar, OPTIONS);
                Model compiled = ModelLoader.compile(model(), OPTIONS)) {
            assertThat(opened.run(INPUTS)).isEqualTo(compiled.run(INPUTS));
        }
    }

    @Test
    void otherWeightsAreRefused() throws IOException {
        GeneratedModel model = model();
        ModelJar.write(model, jar);
        Path damaged = folder.resolve("damaged.jar");
        try (var in = new JarFile(jar.toFile());
                var out = new JarOutputStream(Files.newOutputStream(damaged), in.getManifest())) {
            for (var entry : in.stream().filter(e -> !e.getName().startsWith("META-INF")).toList()) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(model.weightsPath())) {
                    bytes[bytes.length - 200] ^= 1;
                }
                out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
                out.write(bytes);
            }
        }
        assertThatThrownBy(() -> ModelLoader.open(damaged, OPTIONS))
                .isNotInstanceOf(NullPointerException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aJarWithoutAModelIsRefused() throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new java.util.jar.JarEntry("nothing.txt"));
        }
        assertThatThrownBy(() -> ModelLoader.open(jar, OPTIONS))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("holds no compiled model")
                .hasMessageContaining("model.jar");
    }

    /// Sources and weights appear whole, beside each other, and nothing else does.
    @Test
    void writesSourcesAndWeights() throws IOException {
        GeneratedModel model = model();
        model.writeSources(folder);
        model.writeWeights(folder.resolve(model.weightsPath()));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "jar/test/Tiny.java",
                            "jar/test/TinyScalar.java",
                            "jar/test/TinyVector.java",
                            "jar/test/TinyWeights.java",
                            "jar/test/TinyWorkspace.java",
                            "jar/test/Tiny.weights");
        }
    }
}

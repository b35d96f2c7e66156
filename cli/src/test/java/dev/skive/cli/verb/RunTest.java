package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.data.TensorData;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    private static final TensorData X = TensorData.ofFloats(new float[] {1, 2, 3, -1, 0, 1}, 2, 3);

    /// relu(x * w + b) for w and b with elements -2/3, -1/3, 0, 1/3, 2/3 and so on in turn.
    private static final float[] Y = {1, 0, 0, 0, 1 / 3f, 2 / 3f, 0, 0};

    @TempDir Path folder;

    private Path model = Path.of("");
    private Path inputs = Path.of("");

    @BeforeEach
    void writeFiles() {
        model = new TinyModels(folder).good();
        inputs = folder.resolve("inputs.npz");
        Npz.write(ImmutableMap.of("x", X), inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "vector", "scalar", "interpreter", "ort"})
    void everyEngineComputesTheModel(String engine) {
        Path output = folder.resolve("out.npz");
        Shell result = Shell.run("run", model, "--inputs", inputs, "--output", output, "--engine", engine);
        assertThat(result.status()).as(result.err()).isZero();
        assertOutput(output);
    }

    @Test
    void runsCompiledJars() {
        Path jar = folder.resolve("good.jar");
        Path output = folder.resolve("out.npz");
        assertThat(Shell.run("compile", model, "--jar", jar).status()).isZero();
        assertThat(Shell.run("run", jar, "--inputs", inputs, "--output", output).status()).isZero();
        assertOutput(output);
        assertThat(Shell.run("run", jar, "--shape", "batch=5").out()).contains("f32[5,4]");
        assertThat(Shell.run("inspect", jar).out()).contains("x: f32[batch, 3]", "y: f32[batch, 4]", "scalar");
    }

    @Test
    void randomInputsDependOnTheSeedOnly() {
        String first = Shell.run("run", model, "--shape", "batch=2", "--seed", 1).out();
        assertThat(Shell.run("run", model, "--shape", "batch=2", "--seed", 1).out()).isEqualTo(first);
        assertThat(Shell.run("run", model, "--shape", "batch=2", "--seed", 2).out()).isNotEqualTo(first);
    }

    @Test
    void saysWhichInputDoesNotFit() {
        Npz.write(ImmutableMap.of("x", TensorData.ofLongs(new long[] {1, 2, 3}, 1, 3)), inputs);
        Shell result = Shell.run("run", model, "--inputs", inputs);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).hasSize(1).first().asString().contains("input 'x'", "f32", "i64");
    }

    private static void assertOutput(Path file) {
        ImmutableMap<String, TensorData> outputs = Npz.read(file, 1 << 20);
        assertThat(outputs).containsOnlyKeys("y");
        TensorData y = outputs.values().asList().getFirst();
        assertThat(y.sizes()).containsExactly(2, 4);
        assertThat(y.floats()).containsExactly(Y, org.assertj.core.data.Offset.offset(1e-6f));
    }
}

package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.data.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that people write, at the command line.
final class TextModelsTest {
    private static final String SCALED =
            "weights random(7) graph scaled(x: f32[n, 2]) { y = x * 0 + weight(\"a\", f32[2]) return y }";

    @TempDir private Path folder;

    private Path model(String text) {
        try {
            return Files.writeString(folder.resolve("model.skg"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void examplesAreVerified() {
        Shell verified = Shell.run("verify", "../examples/cnn.skg", "--shapes", "batch=2");
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
    }

    @Test
    void otherWeightsTakeThePlaceOfThoseThatAreNamed() {
        Path weights = folder.resolve("w.npz");
        Path output = folder.resolve("out.npz");
        Npz.write(Map.of("a", TensorData.ofFloats(new float[] {5, 6}, 2)), weights);
        for (String engine : new String[] {"scalar", "ort"}) {
            Shell run =
                    Shell.run(
                            "run",
                            model(SCALED),
                            "--weights",
                            weights,
                            "--shape",
                            "n=1",
                            "--engine",
                            engine,
                            "--output",
                            output);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(Npz.read(output, 1000))
                    .hasEntrySatisfying("y", y -> assertThat(y.floats()).containsExactly(5, 6));
        }
    }

    @Test
    void weightsAreForTextOnly() {
        Shell run = Shell.run("run", new TinyModels(folder).good(), "--weights", folder.resolve("w.npz"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--weights is for models that are text");
    }

    @Test
    void aMistakeIsShownWhereItIs() {
        Path model = model("graph g(x: f32[n, 2]) {\n  y = Sofmax(x, axis=1)\n  return y\n}\n");
        Shell compiled = Shell.run("compile", model, "--print-plan");
        assertThat(compiled.status()).isEqualTo(3);
        assertThat(compiled.err())
                .contains(
                        """
                        %s:2:7: there is no operator or function 'Sofmax'; did you mean 'Softmax'?
                              y = Sofmax(x, axis=1)
                                  ^\
                        """
                                .formatted(model));
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        Shell compiled = Shell.run("compile", model(SCALED), "--print-plan", "--limit-text-model-bytes", "10");
        assertThat(compiled.status()).isEqualTo(4);
        assertThat(compiled.err()).contains("raise it with --limit-text-model-bytes");
    }
}

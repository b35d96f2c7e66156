package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import dev.skive.cli.TinyModels;
import dev.skive.ir.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models as text: written by `print`, and taken by every verb that takes a model.
final class PrintTest {
    @TempDir private Path folder;

    private Path model = Path.of("");
    private Path text = Path.of("");

    @BeforeEach
    void print() {
        model = new TinyModels(folder).good();
        text = folder.resolve("tiny.skg");
        Shell result = Shell.run("print", model, "-o", text);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("written to " + text);
    }

    @Test
    void theTextIsPrintedWhenNoFileIsGiven() throws IOException {
        Shell result = Shell.run("print", model);
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("graph tiny(x: f32[batch, 3]) {").doesNotContain(" from \"");
        assertThat(result.out()).isEqualTo(Files.readString(text));
        assertThat(Shell.run("print", model, "--origins").out()).contains(" from \"");
    }

    @Test
    void aTextPrintsAsItself() throws IOException {
        assertThat(Shell.run("print", text).out()).isEqualTo(Files.readString(text));
        assertThat(Shell.run("print", text, "--json").json().get("text").asText()).isEqualTo(Files.readString(text));
    }

    @Test
    void everyVerbThatTakesAModelTakesText() {
        Shell inspected = Shell.run("inspect", text);
        assertThat(inspected.out())
                .contains("format      model language", "parameters", "skive can compile this model");
        assertThat(inspected.status()).isZero();
        Path output = folder.resolve("out.npz");
        for (List<String> call :
                List.of(
                        List.of("compile", text.toString(), "--print-plan"),
                        List.of("run", text.toString(), "--shape", "batch=2", "--output", output.toString()),
                        List.of("run", text.toString(), "--shape", "batch=2", "--engine", "ort"),
                        List.of("run", text.toString(), "--shape", "batch=2", "--engine", "interpreter"),
                        List.of("verify", text.toString(), "--shapes", "batch=3"),
                        List.of("optimize", text.toString(), folder.resolve("back.onnx").toString()))) {
            Shell result = Shell.run(call.toArray());
            assertThat(result.status()).as("%s: %s", call, result.err()).isZero();
        }
        assertThat(Shell.run("verify", folder.resolve("back.onnx"), "--shapes", "batch=3").status()).isZero();
    }

    @Test
    void optimizeWritesText() throws IOException {
        Path optimized = folder.resolve("fused.skg");
        Shell result = Shell.run("optimize", model, optimized, "--pipeline", "simplify,fuse");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Files.readString(optimized)).contains("Linear(");
        assertThat(Shell.run("verify", optimized, "--shapes", "batch=3").status()).isZero();
    }

    @Test
    void whatIsWrongInATextIsShownWithItsPlace() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.skg"), "graph g(x: f32[4]) {\n  return Softmin(x)\n}\n");
        Shell result = Shell.run("compile", wrong, "--print-plan");
        assertThat(result.status()).isEqualTo(ExitCode.INVALID_MODEL.status());
        assertThat(result.err()).contains("wrong.skg:2:10: ", "  return Softmin(x)", "^");
    }

    @Test
    void limitsHoldForTexts() throws IOException {
        Path deep = Files.writeString(folder.resolve("deep.skg"), "let x = " + "(".repeat(100_000));
        assertThat(Shell.run("inspect", deep).status())
                .isIn(ExitCode.INVALID_MODEL.status(), ExitCode.REFUSED.status());
        Path missing = Files.writeString(folder.resolve("m.skg"), "weights \"../outside.safetensors\"\n");
        assertThat(Shell.run("inspect", missing).status())
                .isIn(ExitCode.INVALID_MODEL.status(), ExitCode.REFUSED.status(), ExitCode.IO.status());
        assertThat(Shell.run("print", model, "-o", folder.resolve("a.txt")).status())
                .isEqualTo(ExitCode.USAGE.status());
        assertThat(Shell.run("print", folder.resolve("nothing.skg")).status()).isEqualTo(ExitCode.IO.status());
    }
}

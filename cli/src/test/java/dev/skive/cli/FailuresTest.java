package dev.skive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    @TempDir Path folder;

    /// A model that is refused.
    ///
    /// @param write writes it
    /// @param status the exit status it leads to
    /// @param message part of the one message
    record BadModel(Function<TinyModels, Path> write, int status, String message) {}

    static Stream<BadModel> badModels() {
        return Stream.of(
                new BadModel(TinyModels::corrupted, 3, "is not an ONNX model, or is damaged"),
                new BadModel(TinyModels::truncated, 3, "is not an ONNX model, or is damaged"),
                new BadModel(TinyModels::unknownOperators, 3, "2 operators are not supported"),
                new BadModel(TinyModels::cyclic, 3, "cycle"),
                new BadModel(TinyModels::missingExternalData, 5, "external data file 'weights.bin' is missing"));
    }

    @ParameterizedTest
    @MethodSource("badModels")
    void saysOnceWhatIsWrongWithAModel(BadModel bad) {
        Path model = bad.write.apply(new TinyModels(folder));
        assertFails(bad, Shell.run("inspect", model));
        assertFails(bad, Shell.run("compile", model, "-o", folder.resolve("out")));
        assertFails(bad, Shell.run("optimize", model, folder.resolve("out.onnx")));
        assertFails(bad, Shell.run("run", model));
        assertFails(bad, Shell.run("verify", model));
        assertFails(bad, Shell.run("bench", model));
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("out.onnx")).doesNotExist();
    }

    private static void assertFails(BadModel bad, Shell result) {
        assertThat(result.status()).isEqualTo(bad.status);
        assertThat(result.errors()).hasSize(1).first().asString().contains(bad.message);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @Test
    void listsEveryUnsupportedOperatorWithItsNodes() {
        Shell result = Shell.run("inspect", new TinyModels(folder).unknownOperators());
        assertThat(result.err()).contains("Frobnicate", "'first'", "Defenestrate", "'second'");
        assertThat(result.out()).containsPattern("Frobnicate +1 +no").containsPattern("MatMul +1 +yes");
    }

    @Test
    void printsTheStackTraceOnlyWhenAskedTo() {
        Shell result = Shell.run("inspect", "-v", "none.onnx");
        assertThat(result.status()).isEqualTo(5);
        assertThat(result.errors()).containsExactly("skive: error: no such file: 'none.onnx'");
        assertThat(result.err()).contains("\tat dev.skive");
    }

    @Test
    void reportsJarsWithoutSuchAModel() throws IOException {
        Path notAJar = Files.writeString(folder.resolve("text.jar"), "text");
        assertThat(Shell.run("inspect", notAJar + "!model.onnx").status()).isEqualTo(3);
        assertThat(Shell.run("inspect", folder.resolve("none.jar") + "!model.onnx").status()).isEqualTo(5);
        assertThat(Shell.run("inspect", notAJar).status()).isEqualTo(3);
        assertThat(Shell.run("run", folder.resolve("none.jar")).status()).isEqualTo(5);
    }

    @Test
    void reportsFilesThatCannotBeWritten() throws IOException {
        Path model = new TinyModels(folder).good();
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Shell result = Shell.run("compile", model, "-o", file.resolve("inside"));
        assertThat(result.status()).isEqualTo(5);
        assertThat(result.errors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    frobnicate                                  | Unmatched argument
                    inspect                                     | Missing required parameter: 'MODEL'
                    compile {model}                             | nothing to do; give -o DIR, --jar FILE or --print-plan
                    compile {model} --frobnicate                | Unknown option: '--frobnicate'
                    compile {model} -o x --class-name 1a        | '1a' is not a Java class name
                    compile {model} -o x --package a-b          | 'a-b' is not a Java package name
                    compile {model} -o x --target pdp11         | Invalid value for option '--target'
                    compile {model} -o x --input-shapes x       | expected a shape such as x:[1,3,224,224]
                    compile {model} -o x --input-shapes z:[1]   | a shape is given for input 'z'
                    optimize {model} x.onnx --pipeline exakt    | unknown pass 'exakt'
                    optimize {model} x.onnx --target-opset 3    | opset 3 cannot be written
                    optimize {model} x.onnx --external-data-threshold 1XB | expected a size such as 1MB
                    run {model}                                 | no size for [batch]
                    run {model} --shape batch                   | expected sizes such as batch=1
                    run {model} --shape width=2                 | the model has no size called 'width'
                    run {model} --engine abacus                 | Invalid value for option '--engine'
                    bench {model} --spinning sometimes          | Invalid value for option '--spinning'
                    run {model} --threads 0                     | expected a number from 1 to 512, found '0'
                    verify {model} --threads 1,0                | expected a number from 1 to 512, found '0'
                    bench {model} --rounds 0                    | expected a number from 1 to 1000000
                    bench {model} --tokens 8,-1                 | expected a number from 1 to 1000000
                    demo                                        | ./skive demo
                    """)
    void tellsUsageErrorsByTheirStatus(String words, String message) {
        String model = new TinyModels(folder).good().toString();
        Shell result = Shell.run((Object[]) words.replace("{model}", model).split(" +"));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).hasSize(1).first().asString().contains(message);
    }
}

package dev.skive.verify.ort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrtLibraryTest {
    /// Prints the version in a process whose command line is as long as a class path can make it.
    static final class Child {
        private Child() {}

        /// Ends with status 0 when ONNX Runtime started.
        public static void main(String[] arguments) {
            System.out.println(OrtLibrary.version());
        }
    }

    @Test
    void startsUnderALongCommandLine() throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Dlong=" + "x".repeat(100_000),
                                        Child.class.getName()))
                        .redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process child = builder.start();
        String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(text).isZero();
        assertThat(text.strip()).isEqualTo(OrtLibrary.version());
    }
}

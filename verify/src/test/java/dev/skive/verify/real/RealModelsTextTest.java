package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skive.frontend.lang.GraphPrinter;
import dev.skive.frontend.lang.ModelReader;
import dev.skive.frontend.lang.ModelWriter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real models as text: what is read back is the same graph, and prints as the same text.
final class RealModelsTextTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void textsAreReadBack(RealModel model) throws IOException {
        assumeTrue(RealRun.FULL || !model.isLong(), "not run without -Dskive.full=true");
        check(model.graph());
    }

    @ParameterizedTest
    @EnumSource
    void layersOfEncodersAreOneFunction(EmbeddingModel model) throws IOException {
        String text = check(new OnnxImporter().read(model.file()));
        assertThat(text.lines().filter(line -> line.startsWith("fn ")).toList()).hasSize(1);
        assertThat(text.lines().filter(line -> line.contains(" = layer("))).hasSizeBetween(6, 12);
        assertThat(text.lines().filter(line -> line.contains(" = Softmax(")).toList()).hasSize(1);
    }

    private String check(Graph graph) throws IOException {
        String text = "";
        for (boolean withOrigins : new boolean[] {true, false}) {
            Path file = folder.resolve("model.skg");
            ModelWriter.write(graph, file, withOrigins);
            text = Files.readString(file);
            Graph read = new ModelReader().read(file);
            assertThat(read.equals(graph)).isTrue();
            String weights = "model.safetensors";
            assertThat(
                            (withOrigins
                                            ? GraphPrinter.printWithOrigins(read, weights)
                                            : GraphPrinter.print(read, weights))
                                    .text())
                    .isEqualTo(text);
        }
        return text;
    }
}

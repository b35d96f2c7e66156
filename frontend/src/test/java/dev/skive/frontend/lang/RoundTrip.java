package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prints graphs to files and reads them back. Two laws hold: the graph read is equal to the one printed, and it prints as
/// the same text.
///
/// @param folder where files go
record RoundTrip(Path folder) {
    /// Checks the laws.
    ///
    /// @return the text
    String check(Graph graph, boolean withOrigins) throws IOException {
        Path file = folder.resolve("model.skg");
        ModelWriter.write(graph, file, withOrigins);
        String text = Files.readString(file);
        Graph read = new ModelReader().read(file);
        assertThat(read.equals(graph)).as("the graph read back is equal, from\n%s", text).isTrue();
        assertThat(read.name()).isEqualTo(graph.name());
        PrintedGraph again =
                withOrigins
                        ? GraphPrinter.printWithOrigins(read, "model.safetensors")
                        : GraphPrinter.print(read, "model.safetensors");
        assertThat(again.text()).isEqualTo(text);
        return text;
    }
}

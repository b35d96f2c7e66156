package dev.skive.verify.real;

import dev.skive.frontend.lang.ModelReader;
import dev.skive.ir.graph.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The models of the folder `examples`, and sizes of their inputs.
@SuppressWarnings("ImmutableEnumChecker")
enum Example {
    CNN("cnn", List.of(Map.of("batch", 1L), Map.of("batch", 3L))),
    GPT("gpt", List.of(Map.of("batch", 1L, "seq", 1L), Map.of("batch", 2L, "seq", 9L))),
    LLAMA("llama", List.of(Map.of("batch", 1L, "seq", 1L), Map.of("batch", 2L, "seq", 9L))),
    LLAMA_CACHED(
            "llama-cached",
            List.of(
                    Map.of("batch", 1L, "seq", 5L, "past", 0L),
                    Map.of("batch", 2L, "seq", 1L, "past", 6L),
                    Map.of("batch", 1L, "seq", 3L, "past", 4L))),
    VIT("vit", List.of(Map.of("batch", 1L), Map.of("batch", 2L)));

    private final String name;
    private final List<Map<String, Long>> sizes;

    Example(String name, List<Map<String, Long>> sizes) {
        this.name = name;
        this.sizes = sizes;
    }

    /// The text.
    Path file() {
        return Path.of("..", "examples", name + ".skg");
    }

    /// The model with the weights that the text says.
    Graph graph() {
        return new ModelReader().read(file());
    }

    /// The model with other weights.
    Graph graph(Path weights) {
        return new ModelReader().withWeights(weights).read(file());
    }

    /// Values of the symbols.
    List<Map<String, Long>> sizes() {
        return sizes;
    }
}

package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.frontend.weights.ModelFolder;
import dev.skive.grammar.SourceText;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The models that `docs/language.md` shows are models.
final class LanguageReferenceTest {
    private static final Pattern MODEL = Pattern.compile("```skg\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PRINTED = Pattern.compile("```skg printed\n(.*?)```", Pattern.DOTALL);

    private static Stream<String> models() throws IOException {
        return all(MODEL);
    }

    private static Stream<String> printed() throws IOException {
        return all(PRINTED);
    }

    private static Stream<String> all(Pattern kind) throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "language.md"));
        List<String> models = kind.matcher(reference).results().map((MatchResult found) -> found.group(1)).toList();
        assertThat(models).isNotEmpty();
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("printed")
    void printsAsItself(String text) {
        var folder = new ModelFolder(Path.of("none"), false);
        Graph graph = new ModelReader().read(new SourceText("language.md", text), folder);
        assertThat(GraphPrinter.print(graph, "none.safetensors").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("models")
    void areModels(String text) {
        var folder = new ModelFolder(Path.of("none"), false);
        GraphVerifier.verify(new ModelReader().read(new SourceText("language.md", text), folder));
    }
}

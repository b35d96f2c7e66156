package dev.skive.passes.rule.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuiltInsTest {
    private static final Path REFERENCE = Path.of("..", "docs", "rules.md");

    static String table() {
        var table = new StringBuilder("| function | gives | |\n| --- | --- | --- |\n");
        for (BuiltIn function : BuiltIns.ALL.values()) {
            table.append(
                    "| `%s` | %s | %s |\n".formatted(function.usage(), function.result(), function.documentation()));
        }
        return table.toString();
    }

    @Test
    void theReferenceListsThemAll() throws IOException {
        assertThat(Files.readString(REFERENCE)).as("the table of functions in docs/rules.md must be").endsWith(table());
    }

    @Test
    void eachIsDocumentedInASentence() {
        assertThat(BuiltIns.ALL.values())
                .allSatisfy(function -> assertThat(function.documentation()).matches("(?s)[A-Z`].*\\."));
    }
}

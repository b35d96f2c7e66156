package dev.skive.verify.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {
    private static final String SMALL =
            """
            {"truncation": {"max_length": 6},
             "normalizer": {"type": "BertNormalizer", "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {"id": "A"}}, {"SpecialToken": {"id": "[SEP]"}}],
               "special_tokens": {"[CLS]": {"ids": [1]}, "[SEP]": {"ids": [2]}}},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
               "max_input_chars_per_word": 8,
               "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "un": 3, "##like": 4, "##ly": 5, ".": 6, "a": 7, "##lik": 8,
                         "\u5317": 9}}}
            """;

    @TempDir Path folder;

    private Tokenizer read(String json) throws IOException {
        return TokenizerFile.read(Files.writeString(folder.resolve("tokenizer.json"), json));
    }

    @Test
    void takesTheLongestPiecesFromTheLeft() throws IOException {
        assertThat(read(SMALL).encode("UNLIKELY.")).containsExactly(1, 3, 4, 5, 6, 2);
    }

    @Test
    void makesAWholeWordUnknown() throws IOException {
        assertThat(read(SMALL).encode("unlikex a")).containsExactly(1, 0, 7, 2);
        assertThat(read(SMALL).encode("ununununu a")).containsExactly(1, 0, 7, 2);
    }

    @Test
    void separatesPunctuationAndChineseAndTidies() throws IOException {
        assertThat(read(SMALL).encode("\u00e1\u5317..\u0007")).containsExactly(1, 7, 9, 6, 6, 2);
    }

    @Test
    void cutsTextInside() throws IOException {
        assertThat(read(SMALL).encode("a a a a a a")).containsExactly(1, 7, 7, 7, 7, 2);
        assertThat(read(SMALL).cutTo(3).encode("a . .")).containsExactly(1, 7, 2);
    }

    @Test
    void readsCharacters() throws IOException {
        Tokenizer characters = read("{\"chars\": [\"\\n\", \"a\", \"\ud83d\ude00\"]}");

        assertThat(characters.encode("a\n\ud83d\ude00")).containsExactly(1, 0, 2);
        assertThat(characters.cutTo(1).encode("aa")).containsExactly(1);
        assertThatThrownBy(() -> characters.encode("b"))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("LATIN SMALL LETTER B");
    }

    @Test
    void namesWhatItCannotRead() {
        assertThatThrownBy(() -> read(SMALL.replace("WordPiece", "BPE")))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("a model of type 'BPE'");
        assertThatThrownBy(() -> read(SMALL.replace("BertPreTokenizer", "Metaspace")))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("a pre-tokenizer of type 'Metaspace'");
        assertThatThrownBy(() -> read("not json")).isInstanceOf(SkiveException.class).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> read("{\"chars\": [\"a\", \"a\"]}"))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("different characters");
    }

    /// The expected ids are those of Hugging Face's tokenizers for the same file.
    @Test
    void givesTheIdsThatBertWasTrainedOn() throws IOException {
        Path file = folder.resolve("bert.json");
        try (InputStream entry = getClass().getResourceAsStream("/bge-small-en-v1.5-tokenizer.json")) {
            Files.copy(java.util.Objects.requireNonNull(entry), file);
        }
        Tokenizer bert = TokenizerFile.read(file);
        assertThat(bert.encode("Hello, world!")).containsExactly(101, 7592, 1010, 2088, 999, 102);
        assertThat(bert.encode("A na\u00efve G\u00f6\u00dfe of \u5317\u4eac don't unaffable\u2026"))
                .containsExactly(
                        101, 1037, 15743, 2175, 17499, 1997, 1781, 1755, 2123, 1005, 1056, 14477, 20961, 3468, 1529,
                        102);
    }
}

package dev.skive.verify.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file that says how text becomes ids: the `tokenizer.json` of a BERT model (WordPiece), or a JSON object whose `chars`
/// lists the characters of a vocabulary, the first with id 0.
///
/// @param path the file
public record TokenizerFile(Path path) {
    private static final long MOST_BYTES = 64L << 20;
    private static final int LONGEST_WORD = 100;

    /// The tokenizer of a file.
    ///
    /// @throws SkiveException when it cannot be read, or is of another kind
    public static Tokenizer read(Path path) {
        return new TokenizerFile(path).tokenizer();
    }

    private Tokenizer tokenizer() {
        JsonNode file = json();
        if (file.path("chars").isArray()) {
            return characters(file.path("chars"));
        }
        String kind = file.path("model").path("type").asText("");
        if (!kind.equals("WordPiece")) {
            throw unsupported("a model of type '%s'".formatted(kind));
        }
        return new WordPiece(normalizer(file.path("normalizer")), words(file.path("model")), frame(file));
    }

    private JsonNode json() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new SkiveException(ExitCode.REFUSED, "'%s' is larger than %d bytes".formatted(path, MOST_BYTES));
            }
            return new ObjectMapper().readTree(path.toFile());
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (JacksonException e) {
            throw new SkiveException(ExitCode.USAGE, "'%s' is not JSON: %s".formatted(path, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    private Characters characters(JsonNode chars) {
        Map<Integer, Long> ids = new LinkedHashMap<>();
        for (JsonNode character : chars) {
            String text = character.asText();
            if (text.codePointCount(0, text.length()) != 1 || ids.put(text.codePointAt(0), (long) ids.size()) != null) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "'%s': expected different characters in 'chars', found '%s'".formatted(path, text));
            }
        }
        return new Characters(ImmutableMap.copyOf(ids));
    }

    /// Accents go when letters become small, unless the file says otherwise.
    private BertNormalizer normalizer(JsonNode normalizer) {
        if (!normalizer.path("type").asText("").equals("BertNormalizer")) {
            throw unsupported("a normalizer of type '%s'".formatted(normalizer.path("type").asText("none")));
        }
        boolean lowercase = normalizer.path("lowercase").asBoolean(true);
        return new BertNormalizer(
                normalizer.path("clean_text").asBoolean(true),
                normalizer.path("handle_chinese_chars").asBoolean(true),
                normalizer.path("strip_accents").asBoolean(lowercase),
                lowercase);
    }

    private WordPiece.Words words(JsonNode model) {
        var ids = ImmutableMap.<String, Long>builder();
        model.path("vocab").properties().forEach(piece -> ids.put(piece.getKey(), piece.getValue().asLong()));
        ImmutableMap<String, Long> all = ids.buildOrThrow();
        return new WordPiece.Words(
                all,
                id(all, model.path("unk_token").asText("[UNK]")),
                model.path("continuing_subword_prefix").asText("##"),
                model.path("max_input_chars_per_word").asInt(LONGEST_WORD));
    }

    private long id(ImmutableMap<String, Long> ids, String token) {
        Long id = ids.get(token);
        if (id == null) {
            throw new SkiveException(ExitCode.USAGE, "'%s': the vocabulary has no '%s'".formatted(path, token));
        }
        return id;
    }

    private WordPiece.Frame frame(JsonNode file) {
        String splitting = file.path("pre_tokenizer").path("type").asText("none");
        if (!splitting.equals("BertPreTokenizer")) {
            throw unsupported("a pre-tokenizer of type '%s'".formatted(splitting));
        }
        int most = file.path("truncation").path("max_length").asInt(Integer.MAX_VALUE);
        JsonNode around = file.path("post_processor");
        return switch (around.path("type").asText("none")) {
            case "none" -> new WordPiece.Frame(ImmutableLongArray.of(), ImmutableLongArray.of(), most);
            case "BertProcessing" ->
                    new WordPiece.Frame(
                            ImmutableLongArray.of(around.path("cls").path(1).asLong()),
                            ImmutableLongArray.of(around.path("sep").path(1).asLong()),
                            most);
            case "TemplateProcessing" -> template(around, most);
            default -> throw unsupported("a post-processor of type '%s'".formatted(around.path("type").asText()));
        };
    }

    private static WordPiece.Frame template(JsonNode around, int most) {
        var before = ImmutableLongArray.builder();
        var after = ImmutableLongArray.builder();
        boolean isAfter = false;
        for (JsonNode part : around.path("single")) {
            isAfter |= part.has("Sequence");
            var side = isAfter ? after : before;
            String token = part.path("SpecialToken").path("id").asText("");
            around.path("special_tokens").path(token).path("ids").forEach(id -> side.add(id.asLong()));
        }
        return new WordPiece.Frame(before.build(), after.build(), most);
    }

    private SkiveException unsupported(String what) {
        return new SkiveException(
                ExitCode.USAGE,
                "'%s' has %s, which is not supported; read are the tokenizer.json of BERT models and vocabularies of "
                                .formatted(path, what)
                        + "characters. For other models give token ids in a .npz file");
    }
}

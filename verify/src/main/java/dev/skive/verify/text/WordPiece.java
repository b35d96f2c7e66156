package dev.skive.verify.text;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tokenizer of BERT: tidied text is split at white space and around every punctuation mark, and each word is taken
/// apart from the left into the longest pieces the vocabulary has. A word that cannot be taken apart is one unknown token.
/// Names of special tokens in the text are read as text.
///
/// **Source**: Devlin et al., "BERT"; `BertPreTokenizer` and `WordPiece` of Hugging Face's tokenizers.
///
/// @param normalizer tidies the text first
/// @param words how words become pieces
/// @param frame what is put around each text
public record WordPiece(BertNormalizer normalizer, Words words, Frame frame) implements Tokenizer {
    /// How words become pieces.
    ///
    /// @param ids of the pieces
    /// @param unknown the id of words that have none
    /// @param prefix what pieces that do not begin a word begin with
    /// @param longest words with more characters are unknown
    public record Words(ImmutableMap<String, Long> ids, long unknown, String prefix, int longest) {
        /// The ids of the pieces of a word.
        private List<Long> pieces(String word) {
            if (word.codePointCount(0, word.length()) > longest) {
                return List.of(unknown);
            }
            var pieces = new ArrayList<Long>();
            int start = 0;
            while (start < word.length()) {
                int end = end(word, start);
                if (end == start) {
                    return List.of(unknown);
                }
                find(word, start, end).ifPresent(pieces::add);
                start = end;
            }
            return pieces;
        }

        /// Where the longest piece from a place on ends; that place when there is none.
        private int end(String word, int start) {
            int end = word.length();
            while (end > start && find(word, start, end).isEmpty()) {
                end = word.offsetByCodePoints(end, -1);
            }
            return end;
        }

        private Optional<Long> find(String word, int start, int end) {
            String piece = word.substring(start, end);
            return Optional.ofNullable(ids.get(start == 0 ? piece : prefix + piece));
        }
    }

    /// What is put around each text.
    ///
    /// @param before ids at its start
    /// @param after ids at its end
    /// @param most ids of a text, those around it counted
    public record Frame(ImmutableLongArray before, ImmutableLongArray after, int most) {}

    @Override
    public long[] encode(String text) {
        List<Long> ids = new ArrayList<>();
        split(normalizer.normalize(text)).forEach(word -> ids.addAll(words.pieces(word)));
        int room = Math.max(0, frame.most() - frame.before().length() - frame.after().length());
        long[] inner = Longs.toArray(ids.subList(0, Math.min(room, ids.size())));
        return Longs.concat(frame.before().toArray(), inner, frame.after().toArray());
    }

    /// Cut inside: what is put around the text stays.
    @Override
    public WordPiece cutTo(int most) {
        return new WordPiece(normalizer, words, new Frame(frame.before(), frame.after(), Math.min(most, frame.most())));
    }

    private static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints()
                .forEach(character -> {
                    boolean alone = isPunctuation(character);
                    if (alone || BertNormalizer.isSpace(character)) {
                        finish(word, words);
                    }
                    if (alone) {
                        words.add(Character.toString(character));
                    } else if (!BertNormalizer.isSpace(character)) {
                        word.appendCodePoint(character);
                    }
                });
        finish(word, words);
        return words;
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /// ASCII symbols count as punctuation, others do not.
    private static boolean isPunctuation(int character) {
        if (character < 0x80) {
            return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
        }
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}

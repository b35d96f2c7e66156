import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.LongTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stories.Llama;

/// Continues a story, always with the likeliest token. `Llama` is what `skive compile` makes of `llama-cached.skg`; README.md
/// says how.
public final class Story {
    private static final int LAYERS = 5;
    private static final int KEY_WIDTH = 32;
    private static final int BEGIN = 1;

    private final Llama model;
    private final Vocabulary vocabulary;

    /// A story teller.
    public Story(Llama model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
    }

    /// Tells a story that begins with the words after the tokenizer's file.
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: Story tok512.bin [beginning of the story]");
            System.exit(2);
        }
        String beginning = String.join(" ", Arrays.asList(args).subList(1, args.length));
        try (Llama model = Llama.load()) {
            System.out.println(new Story(model, Vocabulary.read(Path.of(args[0]))).tell(beginning, 200));
        }
    }

    /// The story: its beginning, and at most so many tokens more.
    public String tell(String beginning, int more) {
        return vocabulary.text(tokens(vocabulary.tokens(beginning), more));
    }

    /// Tokens with at most so many more after them. The model sees each token once: what it keeps of the tokens before are
    /// the keys and values it gave back.
    public List<Integer> tokens(List<Integer> beginning, int more) {
        var all = new ArrayList<>(beginning);
        FloatTensor keys = FloatTensor.allocate(LAYERS, 1, 0, KEY_WIDTH);
        FloatTensor values = FloatTensor.allocate(LAYERS, 1, 0, KEY_WIDTH);
        List<Integer> unseen = beginning;
        for (int i = 0; i < more; i++) {
            long[] ids = unseen.stream().mapToLong(Integer::longValue).toArray();
            Llama.Outputs outputs = model.run(LongTensor.of(ids, 1, ids.length), keys, values);
            keys = outputs.keys();
            values = outputs.values();
            int next = likeliest(outputs.logits().values(), vocabulary.size());
            if (next == BEGIN) {
                break;
            }
            all.add(next);
            unseen = List.of(next);
        }
        return all;
    }

    /// The token with the largest of the last logits.
    private static int likeliest(float[] logits, int size) {
        int best = 0;
        int last = logits.length - size;
        for (int token = 1; token < size; token++) {
            if (logits[last + token] > logits[last + best]) {
                best = token;
            }
        }
        return best;
    }

    /// The tokens of llama2.c's `tokenizer.bin`: byte-pair encoding where the pair of the highest score is joined first.
    ///
    /// @param pieces the bytes of each token
    /// @param scores how soon two tokens are joined to this one
    /// @param ids the tokens by their bytes
    public record Vocabulary(List<String> pieces, float[] scores, Map<String, Integer> ids) {
        private static final int FIRST_BYTE = 3;
        private static final int BYTES = 256;

        /// Reads a file: the length of the longest token, then score, length and bytes of each.
        public static Vocabulary read(Path file) throws IOException {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            in.getInt();
            var pieces = new ArrayList<String>();
            var scores = new ArrayList<Float>();
            var ids = new HashMap<String, Integer>();
            while (in.hasRemaining()) {
                scores.add(in.getFloat());
                var bytes = new byte[in.getInt()];
                in.get(bytes);
                // Bytes as characters, so that half of a character is a piece too.
                String piece = new String(bytes, StandardCharsets.ISO_8859_1);
                ids.putIfAbsent(piece, pieces.size());
                pieces.add(piece);
            }
            var all = new float[scores.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = scores.get(i);
            }
            return new Vocabulary(pieces, all, ids);
        }

        int size() {
            return pieces.size();
        }

        /// The tokens of a text, after the one that begins every story.
        public List<Integer> tokens(String text) {
            var tokens = new ArrayList<>(List.of(BEGIN));
            if (!text.isEmpty()) {
                tokens.add(ids.get(" "));
            }
            text.codePoints().forEach(c -> tokens.addAll(character(Character.toString(c))));
            while (join(tokens)) {}
            return tokens;
        }

        private List<Integer> character(String character) {
            byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
            Integer whole = ids.get(new String(bytes, StandardCharsets.ISO_8859_1));
            if (whole != null) {
                return List.of(whole);
            }
            var single = new ArrayList<Integer>();
            for (byte b : bytes) {
                single.add(Byte.toUnsignedInt(b) + FIRST_BYTE);
            }
            return single;
        }

        /// Joins the two neighbours that make the token of the highest score, if any two make one.
        private boolean join(List<Integer> tokens) {
            int best = -1;
            int at = -1;
            for (int i = 1; i + 1 < tokens.size(); i++) {
                Integer joined = ids.get(pieces.get(tokens.get(i)) + pieces.get(tokens.get(i + 1)));
                if (joined != null && (best < 0 || scores[joined] > scores[best])) {
                    best = joined;
                    at = i;
                }
            }
            if (at >= 0) {
                tokens.set(at, best);
                tokens.remove(at + 1);
            }
            return at >= 0;
        }

        /// The text of tokens.
        public String text(List<Integer> tokens) {
            var text = new StringBuilder();
            for (int token : tokens) {
                if (token >= FIRST_BYTE && token < FIRST_BYTE + BYTES) {
                    text.append((char) (token - FIRST_BYTE));
                } else if (token != BEGIN) {
                    text.append(pieces.get(token));
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}

package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Tensor;
import dev.skive.verify.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How likely language models find text they have not seen, and what they write.
final class ProseTest {
    private static final int WINDOW = 128;
    private static final int WINDOWS = RealRun.FULL ? Integer.MAX_VALUE : 60;
    private static final int SCALAR_SAMPLE = RealRun.FULL ? Integer.MAX_VALUE : 6;
    private static final int TOKENS = RealRun.FULL ? 250 : 80;

    /// Windows of the last tenth of the text, which was held out of training: all of it, or windows at equal distances.
    @ParameterizedTest
    @CsvSource({"GPT, gpt-shakespeare, 1.557", "TERNARY, ternary-shakespeare, 1.710"})
    void isAsLikelyAsInOnnxRuntime(RealModel model, String folder, double documented) throws IOException {
        long[] ids = heldOut(vocabulary("models/" + folder + "/vocab.json"));
        int all = (ids.length - 1) / WINDOW;
        int count = Math.min(all, WINDOWS);
        int scalars = Math.min(count, SCALAR_SAMPLE);
        double[] expected = new double[count];
        double[] vector = new double[count];
        double[] scalar = new double[scalars];
        try (RealRun run = RealRun.of(model)) {
            for (int i = 0; i < count; i++) {
                int from = i * (all / count) * WINDOW;
                long[] part = Arrays.copyOfRange(ids, from, from + WINDOW + 1);
                expected[i] = nats(run.reference(), part);
                vector[i] = nats(run.vector(), part);
                if (i < scalars) {
                    scalar[i] = nats(run.scalar(), part);
                }
            }
        }
        RealRun.agree(
                model + ", nats per window, vector", RealRun.reals(expected, count), RealRun.reals(vector, count));
        RealRun.agree(
                model + ", nats per window, scalar",
                RealRun.reals(Arrays.copyOf(expected, scalars), scalars),
                RealRun.reals(scalar, scalars));
        double mean = Arrays.stream(vector).average().orElseThrow();
        RealRun.print("%s: %.4f nats per character, %d of %d windows", model, mean, count, all);
        if (RealRun.FULL) {
            assertThat(mean).isCloseTo(documented, within(0.0005));
        }
    }

    /// The mean of `-log p` of every token but the first.
    private static double nats(Engine engine, long[] tokens) {
        Tensor logits = RealRun.only(engine, "input_ids", RealRun.tokens(Arrays.copyOf(tokens, tokens.length - 1)));
        int width = logits.size(2);
        double sum = 0;
        for (int i = 0; i + 1 < tokens.length; i++) {
            double[] row = Arrays.copyOfRange(logits.reals(), i * width, (i + 1) * width);
            double largest = Arrays.stream(row).max().orElseThrow();
            double total = Arrays.stream(row).map(value -> Math.exp(value - largest)).sum();
            sum += largest + Math.log(total) - row[Math.toIntExact(tokens[i + 1])];
        }
        return sum / (tokens.length - 1);
    }

    private static long[] heldOut(ImmutableMap<String, Long> vocabulary) throws IOException {
        String text = Files.readString(SharedData.file("text/shakespeare/input.txt"));
        return text.substring(text.length() * 9 / 10)
                .chars()
                .mapToLong(character -> Objects.requireNonNull(vocabulary.get(Character.toString(character))))
                .toArray();
    }

    /// The places of the characters in the list `chars` of a JSON file.
    private static ImmutableMap<String, Long> vocabulary(String path) throws IOException {
        var ids = ImmutableMap.<String, Long>builder();
        try (JsonParser json = new JsonFactory().createParser(SharedData.file(path).toFile())) {
            while (!"chars".equals(json.nextFieldName())) {
                assertThat(json.hasCurrentToken()).as("%s has chars", path).isTrue();
            }
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            for (long id = 0; json.nextToken() != JsonToken.END_ARRAY; id++) {
                ids.put(json.getText(), id);
            }
        }
        return ids.buildOrThrow();
    }

    @Test
    void ofAStoryModelIsTheSameTokenByToken() throws IOException {
        String story = story(RealModel.STORIES, pieces());
        assertThat(story).startsWith("Once upon a time, there was a little girl named Lily. She loved to play outside");
    }

    @Test
    void ofACharacterModelIsTheSameTokenByToken() throws IOException {
        List<String> pieces =
                Files.readAllLines(SharedData.file("models/babyllama-tok105/tok105.vocab")).stream()
                        .map(line -> line.substring(0, line.lastIndexOf('\t')).replace('\u2581', ' '))
                        .toList();
        String story = story(RealModel.BABY_LLAMA, pieces);
        assertThat(story).startsWith("Once upon a time, there was a little girl named Lily. She loved");
    }

    /// What a model writes after token 1 when every token is the likeliest, the same in all engines.
    private static String story(RealModel model, List<String> pieces) {
        try (RealRun run = RealRun.of(model)) {
            List<Integer> expected = greedy(run.reference(), TOKENS);
            assertThat(greedy(run.vector(), TOKENS)).isEqualTo(expected);
            int sample = RealRun.FULL ? TOKENS : TOKENS / 4;
            assertThat(greedy(run.scalar(), sample)).isEqualTo(expected.subList(0, sample));
            String story = expected.stream().map(pieces::get).collect(Collectors.joining()).strip();
            RealRun.print("%s: %d tokens, %s", model, TOKENS, story);
            return story;
        }
    }

    private static List<Integer> greedy(Engine engine, int count) {
        long[] tokens = new long[count + 1];
        tokens[0] = 1;
        List<Integer> written = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Tensor logits = RealRun.only(engine, "input_ids", RealRun.tokens(Arrays.copyOf(tokens, i)));
            int width = logits.size(2);
            tokens[i] = RealRun.best(logits.reals(), (i - 1) * width, width);
            written.add(Math.toIntExact(tokens[i]));
        }
        return written;
    }

    /// The pieces of a tokenizer of llama2.c: the length of the longest, then score, length and bytes of each.
    private static List<String> pieces() throws IOException {
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(SharedData.file("models/tinystories-260k/tok512.bin")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.getInt();
        List<String> pieces = new ArrayList<>();
        while (file.hasRemaining()) {
            file.getFloat();
            byte[] piece = new byte[file.getInt()];
            file.get(piece);
            pieces.add(new String(piece, StandardCharsets.UTF_8));
        }
        return pieces;
    }
}

package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.Engine;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real models say about real digits, text lines, speech and prose: the same as in ONNX Runtime, and right.
///
/// Short parts of the data in the ordinary build; more with `-Dskive.full=true`.
final class RealResultsTest {
    private static final boolean FULL = Boolean.getBoolean("skive.full");
    private static final int DIGITS = FULL ? 500 : 200;
    private static final int FRAMES = FULL ? 343 : 120;
    private static final int WINDOWS = FULL ? 100 : 8;
    private static final int LINES = FULL ? 20 : 6;

    @ParameterizedTest
    @CsvSource({"MNIST, Input3, 0.97, 0, 1", "VIT, image, 0.97, 0.1307, 0.3081"})
    void digitsAreRecognized(RealModel model, String input, double least, double mean, double deviation)
            throws IOException {
        byte[] images = Files.readAllBytes(SharedData.file("images/mnist/t10k-first500-images-idx3-ubyte"));
        byte[] labels = Files.readAllBytes(SharedData.file("images/mnist/t10k-first500-labels-idx1-ubyte"));
        try (RealRun run = RealRun.of(model)) {
            List<List<Integer>> answers = new ArrayList<>();
            for (Engine engine : run.engines()) {
                List<Integer> digits = new ArrayList<>();
                for (int i = 0; i < DIGITS; i++) {
                    double[] pixels = new double[784];
                    for (int p = 0; p < pixels.length; p++) {
                        pixels[p] = (Byte.toUnsignedInt(images[16 + i * 784 + p]) / 255.0 - mean) / deviation;
                    }
                    Tensor image = Tensor.ofReals(ElementType.FLOAT32, pixels, 1, 1, 28, 28);
                    digits.add(RealRun.best(RealRun.only(engine, input, image).reals(), 0, 10));
                }
                answers.add(digits);
            }
            assertThat(answers).allMatch(digits -> digits.equals(answers.getLast()));
            long right = 0;
            for (int i = 0; i < DIGITS; i++) {
                right += answers.getFirst().get(i) == labels[8 + i] ? 1 : 0;
            }
            assertThat(right / (double) DIGITS).isGreaterThanOrEqualTo(least);
        }
    }

    /// The state is carried from frame to frame: rounding must not grow, and somebody speaks.
    @ParameterizedTest
    @CsvSource({
        "SILERO_4, 0, h, hn, c, cn, 64",
        "SILERO_5, 64, state, stateN,,, 128",
        "SILERO_6, 64, state, stateN,,, 128"
    })
    void speechIsHeard(RealModel model, int context, String state, String next, String cell, String nextCell, int width)
            throws IOException {
        double[] clip = clip();
        Map<String, String> carried = cell == null ? Map.of(state, next) : Map.of(state, next, cell, nextCell);
        try (RealRun run = RealRun.of(model)) {
            List<double[]> heard = new ArrayList<>();
            for (Engine engine : run.engines()) {
                heard.add(listen(engine, clip, context, carried, width));
            }
            double[] reference = heard.getLast();
            for (double[] found : heard) {
                assertThat(found).containsExactly(reference, within(1e-4));
            }
            assertThat(Arrays.stream(reference).max().orElse(0)).isGreaterThan(0.9);
            assertThat(Arrays.stream(reference).min().orElse(1)).isLessThan(0.2);
        }
    }

    private static double[] listen(Engine engine, double[] clip, int context, Map<String, String> carried, int width) {
        var inputs = new HashMap<String, Tensor>();
        inputs.put("sr", Tensor.ofIntegers(ElementType.INT64, new long[] {16_000}));
        carried.keySet().forEach(name -> inputs.put(name, Tensor.zeros(ElementType.FLOAT32, 2, 1, width)));
        double[] heard = new double[Math.min(FRAMES, clip.length / 512)];
        for (int frame = 0; frame < heard.length; frame++) {
            double[] samples = new double[context + 512];
            int start = frame * 512 - context;
            for (int i = 0; i < samples.length; i++) {
                samples[i] = start + i < 0 ? 0 : clip[start + i];
            }
            inputs.put("input", Tensor.ofReals(ElementType.FLOAT32, samples, 1, samples.length));
            Map<String, Tensor> outputs = engine.run(inputs);
            carried.forEach((name, next) -> inputs.put(name, output(outputs, next)));
            heard[frame] = output(outputs, "output").reals()[0];
        }
        return heard;
    }

    private static Tensor output(Map<String, Tensor> outputs, String name) {
        Tensor found = outputs.get(name);
        if (found == null) {
            throw new AssertionError("no output " + name + " in " + outputs.keySet());
        }
        return found;
    }

    private static double[] clip() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(SharedData.file("audio/jfk-16k.wav")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        int start = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf("data") + 8;
        double[] samples = new double[(bytes.limit() - start) / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(start + 2 * i) / 32768.0;
        }
        return samples;
    }

    /// Windows of the part of the text that was held out of training.
    @ParameterizedTest
    @CsvSource({
        "GPT, models/gpt-shakespeare/vocab.json, 1.557",
        "TERNARY, models/ternary-shakespeare/vocab.json, 1.710"
    })
    void proseIsAsLikelyAsInOnnxRuntime(RealModel model, String vocabulary, double documented) throws IOException {
        String characters = Files.readString(SharedData.file(vocabulary));
        String text = Files.readString(SharedData.file("text/shakespeare/input.txt"));
        long[] ids = ids(text.substring(text.length() * 9 / 10), characters);
        try (RealRun run = RealRun.of(model)) {
            List<Double> nats = new ArrayList<>();
            for (Engine engine : run.engines()) {
                double sum = 0;
                for (int window = 0; window < WINDOWS; window++) {
                    long[] part = Arrays.copyOfRange(ids, window * 128, window * 128 + 129);
                    sum += nats(RealRun.only(engine, "input_ids", RealRun.tokens(Arrays.copyOf(part, 128))), part);
                }
                nats.add(sum / WINDOWS / 128);
            }
            assertThat(nats).allSatisfy(found -> assertThat(found).isCloseTo(nats.getLast(), within(1e-5)));
            assertThat(nats.getFirst()).isCloseTo(documented, within(0.25));
        }
    }

    private static double nats(Tensor logits, long[] tokens) {
        int width = logits.size(2);
        double sum = 0;
        for (int i = 0; i + 1 < tokens.length; i++) {
            double[] row = Arrays.copyOfRange(logits.reals(), i * width, (i + 1) * width);
            double largest = Arrays.stream(row).max().orElse(0);
            double total = Arrays.stream(row).map(value -> Math.exp(value - largest)).sum();
            sum += largest + Math.log(total) - row[(int) tokens[i + 1]];
        }
        return sum;
    }

    /// Ids in the order of the characters, which are sorted.
    private static long[] ids(String text, String vocabulary) throws IOException {
        assertThat(vocabulary).contains("chars");
        int[] sorted =
                Files.readString(SharedData.file("text/shakespeare/input.txt")).chars().distinct().sorted().toArray();
        return text.chars().mapToLong(character -> Arrays.binarySearch(sorted, character)).toArray();
    }

    @ParameterizedTest
    @CsvSource({"STORIES", "BABY_LLAMA"})
    void storiesAreTheSame(RealModel model) {
        try (RealRun run = RealRun.of(model)) {
            List<List<Long>> stories = new ArrayList<>();
            for (Engine engine : run.engines()) {
                List<Long> story = new ArrayList<>(List.of(1L));
                while (story.size() < 40) {
                    long[] ids = story.stream().mapToLong(Long::longValue).toArray();
                    Tensor logits = RealRun.only(engine, "input_ids", RealRun.tokens(ids));
                    int width = logits.size(2);
                    story.add((long) RealRun.best(logits.reals(), (ids.length - 1) * width, width));
                }
                stories.add(story);
            }
            assertThat(stories).allMatch(story -> story.equals(stories.getLast()));
        }
    }

    /// Lines of text, decoded; spaces are ignored.
    @Test
    void linesAreRead() throws IOException {
        List<String> keys = Files.readAllLines(SharedData.file("images/ocr-words/ppocr_keys_v1.txt"));
        List<String> labels = Files.readAllLines(SharedData.file("images/ocr-lines/labels.csv"));
        try (RealRun run = RealRun.of(RealModel.OCR_RECOGNITION)) {
            for (int line = 0; line < LINES; line++) {
                Tensor image = line(SharedData.file("images/ocr-lines/line_%02d.png".formatted(line)));
                List<String> read =
                        run.engines().stream()
                                .map(engine -> decode(RealRun.only(engine, "x", image), keys).replace(" ", ""))
                                .toList();
                assertThat(read).allMatch(text -> text.equals(read.getLast()));
                String name = "line_%02d.png".formatted(line);
                String label = labels.stream().filter(row -> row.startsWith(name)).findFirst().orElse("");
                assertThat(label.substring(name.length() + 1).replaceAll("[ \"]", ""))
                        .isEqualTo(read.getFirst().replace("\"", ""));
            }
        }
    }

    private static Tensor line(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        int width = Math.max(1, Math.round(picture.getWidth() * 48f / picture.getHeight()));
        var scaled = new BufferedImage(width, 48, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, 48, null);
        graphics.dispose();
        double[] values = new double[3 * 48 * width];
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = scaled.getRGB(x, y);
                for (int channel = 0; channel < 3; channel++) {
                    values[(channel * 48 + y) * width + x] = (rgb >> 8 * channel & 0xff) / 127.5 - 1;
                }
            }
        }
        return Tensor.ofReals(ElementType.FLOAT32, values, 1, 3, 48, width);
    }

    /// Connectionist temporal classification: the best of each step, repetitions once, blanks left out.
    private static String decode(Tensor scores, List<String> keys) {
        int width = scores.size(2);
        double[] values = scores.reals();
        var text = new StringBuilder();
        int last = 0;
        for (int step = 0; step < scores.size(1); step++) {
            int best = RealRun.best(values, step * width, width);
            if (best != 0 && best != last) {
                text.append(best <= keys.size() ? keys.get(best - 1) : " ");
            }
            last = best;
        }
        return text.toString();
    }
}

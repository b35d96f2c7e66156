package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CharMatcher;
import dev.skive.ir.eval.Tensor;
import dev.skive.verify.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures of text: every one is read as with ONNX Runtime, and as many are right as the data says. Spaces do not count.
final class TextLinesTest {
    private static final int HEIGHT = 48;
    private static final int SCALAR_SAMPLE = RealRun.FULL ? Integer.MAX_VALUE : 2;

    /// A picture with what it says.
    private record Line(Picture picture, String text) {
        /// A row of `labels.csv`: the name of the picture, and the text, in quotes when it has a comma.
        static Line of(String folder, String row) {
            int comma = row.indexOf(',');
            String text = row.substring(comma + 1);
            if (text.startsWith("\"")) {
                text = text.substring(1, text.length() - 1).replace("\"\"", "\"");
            }
            try {
                return new Line(Picture.read(SharedData.file(folder + row.substring(0, comma))), squeezed(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Blue, green, red from -1 to 1, scaled to the height the model wants.
        Tensor tensor() {
            int width = Math.ceilDiv(HEIGHT * picture.width(), picture.height());
            double across = (double) picture.width() / width;
            double down = (double) picture.height() / HEIGHT;
            double[] values = new double[3 * HEIGHT * width];
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < width; x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        double value = picture.at(2 - channel, (x + 0.5) * across - 0.5, (y + 0.5) * down - 0.5);
                        values[(channel * HEIGHT + y) * width + x] = value / 127.5 - 1;
                    }
                }
            }
            return RealRun.reals(values, 1, 3, HEIGHT, width);
        }
    }

    private static String squeezed(String text) {
        return CharMatcher.is(' ').removeFrom(text);
    }

    @ParameterizedTest
    @EnumSource(
            value = RealModel.class,
            names = {"OCR_RECOGNITION", "OCR_RECOGNITION_2"})
    void allRenderedLinesAreRead(RealModel model) throws IOException {
        assertThat(right(model, "images/ocr-lines/")).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(
            value = RealModel.class,
            names = {"OCR_RECOGNITION", "OCR_RECOGNITION_2"})
    void elevenOfFourteenWordsInPhotographsAreRead(RealModel model) throws IOException {
        assertThat(right(model, "images/ocr-words/")).isEqualTo(11);
    }

    private static int right(RealModel model, String folder) throws IOException {
        Path labels = SharedData.file(folder + "labels.csv");
        List<String> keys = Files.readAllLines(SharedData.file("images/ocr-words/ppocr_keys_v1.txt"));
        List<Line> lines = Files.readAllLines(labels).stream().skip(1).map(row -> Line.of(folder, row)).toList();
        int right = 0;
        try (RealRun run = RealRun.of(model)) {
            for (int i = 0; i < lines.size(); i++) {
                Tensor picture = lines.get(i).tensor();
                String expected = read(run.reference(), picture, keys);
                assertThat(read(run.vector(), picture, keys)).isEqualTo(expected);
                if (i < SCALAR_SAMPLE) {
                    assertThat(read(run.scalar(), picture, keys)).isEqualTo(expected);
                }
                right += squeezed(expected).equals(lines.get(i).text()) ? 1 : 0;
            }
        }
        RealRun.print("%s: %d of %d in %s right", model, right, lines.size(), folder);
        return right;
    }

    /// Connectionist temporal classification: the best of each step, repetitions once, blanks left out.
    private static String read(Engine engine, Tensor picture, List<String> keys) {
        Tensor scores = RealRun.only(engine, "x", picture);
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

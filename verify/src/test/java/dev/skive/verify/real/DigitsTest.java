package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.eval.Tensor;
import dev.skive.verify.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Handwritten digits: every one is what ONNX Runtime takes it for, and as many are right as the data says.
final class DigitsTest {
    private static final int SIDE = 28;
    private static final int KINDS = 10;
    private static final int IMAGES_AT = 16;
    private static final int LABELS_AT = 8;
    private static final int SCALAR_SAMPLE = RealRun.FULL ? Integer.MAX_VALUE : 50;

    /// A model and how it wants its pixels.
    private record Recognizer(RealModel model, String input, double mean, double deviation) {
        Tensor image(byte[] images, int index) {
            double[] pixels =
                    IntStream.range(0, SIDE * SIDE)
                            .mapToDouble(i -> Byte.toUnsignedInt(images[IMAGES_AT + index * SIDE * SIDE + i]) / 255.0)
                            .map(pixel -> (pixel - mean) / deviation)
                            .toArray();
            return RealRun.reals(pixels, 1, 1, SIDE, SIDE);
        }

        List<Integer> answers(Engine engine, byte[] images, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> RealRun.best(RealRun.only(engine, input, image(images, i)).reals(), 0, KINDS))
                    .toList();
        }
    }

    @Test
    void aConvolutionalNetworkReads493Of500() throws IOException {
        assertThat(right(new Recognizer(RealModel.MNIST, "Input3", 0, 1), 500)).isEqualTo(493);
    }

    @Test
    void aVisionTransformerReads199Of200() throws IOException {
        assertThat(right(new Recognizer(RealModel.VIT, "image", 0.1307, 0.3081), 200)).isEqualTo(199);
    }

    private static long right(Recognizer recognizer, int count) throws IOException {
        byte[] images = Files.readAllBytes(SharedData.file("images/mnist/t10k-first500-images-idx3-ubyte"));
        byte[] labels = Files.readAllBytes(SharedData.file("images/mnist/t10k-first500-labels-idx1-ubyte"));
        try (RealRun run = RealRun.of(recognizer.model())) {
            List<Integer> expected = recognizer.answers(run.reference(), images, count);
            List<Integer> found = recognizer.answers(run.vector(), images, count);
            assertThat(found).isEqualTo(expected);
            int sample = Math.min(count, SCALAR_SAMPLE);
            assertThat(recognizer.answers(run.scalar(), images, sample)).isEqualTo(expected.subList(0, sample));
            long right = IntStream.range(0, count).filter(i -> found.get(i) == labels[LABELS_AT + i]).count();
            RealRun.print("%s: %d of %d digits right", recognizer.model(), right, count);
            return right;
        }
    }
}

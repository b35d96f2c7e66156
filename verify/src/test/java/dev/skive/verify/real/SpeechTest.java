package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.weights.Npy;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Eleven seconds of speech.
final class SpeechTest {
    private static final int FRAME = 512;
    private static final int FRAMES = 343;
    private static final int SCALAR_SAMPLE = RealRun.FULL ? FRAMES : 40;

    /// A detector of speech with its state, which it hands on from frame to frame.
    enum Detector {
        SILERO_4(RealModel.SILERO_4, 0, 64, ImmutableMap.of("h", "hn", "c", "cn")),
        SILERO_5(RealModel.SILERO_5, 64, 128, ImmutableMap.of("state", "stateN")),
        SILERO_6(RealModel.SILERO_6, 64, 128, ImmutableMap.of("state", "stateN"));

        private final RealModel model;
        private final int before;
        private final int width;
        private final ImmutableMap<String, String> state;

        Detector(RealModel model, int before, int width, ImmutableMap<String, String> state) {
            this.model = model;
            this.before = before;
            this.width = width;
            this.state = state;
        }

        /// The probability of speech in each frame.
        Tensor listen(Engine engine, Clip clip, int frames) {
            var inputs = new HashMap<String, Tensor>();
            inputs.put("sr", Tensor.ofIntegers(ElementType.INT64, new long[] {16_000}));
            state.keySet().forEach(name -> inputs.put(name, Tensor.zeros(ElementType.FLOAT32, 2, 1, width)));
            double[] heard = new double[frames];
            for (int frame = 0; frame < frames; frame++) {
                double[] samples = clip.part(frame * FRAME - before, before + FRAME);
                inputs.put("input", RealRun.reals(samples, 1, samples.length));
                Map<String, Tensor> outputs = engine.run(inputs);
                state.forEach((name, next) -> inputs.put(name, Objects.requireNonNull(outputs.get(next))));
                heard[frame] = Objects.requireNonNull(outputs.get("output")).reals()[0];
            }
            return RealRun.reals(heard, frames);
        }
    }

    /// Differences of one frame must not grow in those after it.
    @ParameterizedTest
    @EnumSource
    void isHeardFrameByFrameAsInOnnxRuntime(Detector detector) {
        Clip clip = Clip.read();
        try (RealRun run = RealRun.of(detector.model)) {
            Tensor expected = detector.listen(run.reference(), clip, FRAMES);
            RealRun.agree(detector + ", vector", expected, detector.listen(run.vector(), clip, FRAMES));
            RealRun.agree(
                    detector + ", scalar",
                    detector.listen(run.reference(), clip, SCALAR_SAMPLE),
                    detector.listen(run.scalar(), clip, SCALAR_SAMPLE));
            double[] heard = expected.reals();
            RealRun.print(
                    "%s: speech in %d of %d frames",
                    detector, Arrays.stream(heard).filter(probability -> probability > 0.5).count(), FRAMES);
            assertThat(Arrays.stream(heard).max().orElse(0)).isGreaterThan(0.9);
            assertThat(Arrays.stream(heard).min().orElse(1)).isLessThan(0.2);
        }
    }

    @Test
    void isEncodedAsInOnnxRuntime() throws IOException {
        Path file = SharedData.file("audio/jfk-logmel-1x80x1100.npy");
        Tensor mel;
        try (InputStream in = Files.newInputStream(file)) {
            mel = Tensor.of(Npy.read(in, file.toString(), Files.size(file)));
        }
        Tensor part = columns(mel, RealRun.FULL ? 1100 : 100);
        try (RealRun run = RealRun.of(RealModel.WHISPER_ENCODER)) {
            RealRun.agree(
                    "WHISPER_ENCODER, vector, 1100 frames",
                    RealRun.only(run.reference(), "mel", mel),
                    RealRun.only(run.vector(), "mel", mel));
            RealRun.agree(
                    "WHISPER_ENCODER, scalar, %d frames".formatted(part.size(2)),
                    RealRun.only(run.reference(), "mel", part),
                    RealRun.only(run.scalar(), "mel", part));
        }
    }

    /// The first columns of each row.
    private static Tensor columns(Tensor tensor, int count) {
        int width = tensor.size(2);
        double[] values = new double[tensor.size(1) * count];
        Arrays.setAll(values, i -> tensor.reals()[i / count * width + i % count]);
        return RealRun.reals(values, 1, tensor.size(1), count);
    }
}

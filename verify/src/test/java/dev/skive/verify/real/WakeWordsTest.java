package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.verify.Engine;
import dev.skive.verify.InterpreterEngine;
import dev.skive.verify.Judgement;
import dev.skive.verify.Referee;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Wake words, looked for in eleven seconds of speech that has none: frequencies, features of windows of them, and a score
/// for every sixteen features, each computed from what the same engine said before.
final class WakeWordsTest {
    private static final int BANDS = 32;
    private static final int WINDOW = 76;
    private static final int STEP = 8;
    private static final int WIDTH = 96;
    private static final int BATCH = 16;
    private static final int SCORE_STEP = RealRun.FULL ? 1 : 6;
    private static final double LARGEST_RATIO = 2;

    /// A word counts as heard from this score on. One score of the timer is that of no timer.
    private static final double DETECTED = 0.5;

    private static final int SCALAR_SAMPLE = RealRun.FULL ? Integer.MAX_VALUE : 64_000;
    private static final List<RealModel> WORDS =
            List.of(
                    RealModel.WAKE_JARVIS,
                    RealModel.WAKE_ALEXA,
                    RealModel.WAKE_MYCROFT,
                    RealModel.WAKE_RHASSPY,
                    RealModel.WAKE_TIMER,
                    RealModel.WAKE_WEATHER);

    /// What one engine makes of a clip.
    ///
    /// @param mels frequencies, 100 columns a second
    /// @param features a row of features for every 8 columns
    private record Heard(Tensor mels, Tensor features) {
        static Heard of(Engine front, Engine embedding, Tensor samples) {
            Tensor mels = RealRun.only(front, "input", samples);
            double[] scaled = Arrays.stream(mels.reals()).map(value -> value / 10 + 2).toArray();
            int windows = (scaled.length / BANDS - WINDOW) / STEP + 1;
            double[] features = new double[windows * WIDTH];
            for (int first = 0; first < windows; first += BATCH) {
                int count = Math.min(BATCH, windows - first);
                double[] batch = new double[count * WINDOW * BANDS];
                for (int i = 0; i < count; i++) {
                    int from = (first + i) * STEP * BANDS;
                    System.arraycopy(scaled, from, batch, i * WINDOW * BANDS, WINDOW * BANDS);
                }
                Tensor found = RealRun.only(embedding, "input_1", RealRun.reals(batch, count, WINDOW, BANDS, 1));
                System.arraycopy(found.reals(), 0, features, first * WIDTH, count * WIDTH);
            }
            return new Heard(mels, RealRun.reals(features, windows, WIDTH));
        }

        /// So many rows of features from a place on.
        Tensor rows(int from, int count) {
            double[] part = Arrays.copyOfRange(features.reals(), from * WIDTH, (from + count) * WIDTH);
            return RealRun.reals(part, 1, count, WIDTH);
        }
    }

    @Test
    void areScoredAsInOnnxRuntime() {
        double[] clip = Clip.read().samples();
        Tensor samples = RealRun.reals(clip, 1, clip.length);
        int part = Math.min(clip.length, SCALAR_SAMPLE);
        Tensor sample = RealRun.reals(Arrays.copyOf(clip, part), 1, part);
        try (RealRun front = RealRun.of(RealModel.WAKE_MELS);
                RealRun embedding = RealRun.of(RealModel.WAKE_EMBEDDING)) {
            Heard expected = heard(RealRun::reference, front, embedding, samples);
            Heard vector = heard(RealRun::vector, front, embedding, samples);
            RealRun.agree("wake words, mels, vector", expected.mels(), vector.mels());
            RealRun.agree("wake words, features, vector", expected.features(), vector.features());
            Heard shorter = heard(RealRun::reference, front, embedding, sample);
            Heard scalar = heard(RealRun::scalar, front, embedding, sample);
            RealRun.agree("wake words, mels, scalar", shorter.mels(), scalar.mels());
            RealRun.agree("wake words, features, scalar", shorter.features(), scalar.features());
            for (RealModel word : WORDS) {
                try (RealRun run = RealRun.of(word)) {
                    scores(word, run.reference(), run.vector(), expected, vector);
                    scores(word, run.reference(), run.scalar(), shorter, scalar);
                }
            }
        }
    }

    private static Heard heard(Function<RealRun, Engine> which, RealRun front, RealRun embedding, Tensor samples) {
        return Heard.of(which.apply(front), which.apply(embedding), samples);
    }

    /// Scores close to 0 come from a sigmoid that is inexact there in ONNX Runtime, so the interpreter decides.
    private static void scores(RealModel word, Engine reference, Engine engine, Heard expected, Heard found) {
        Graph graph = word.graph();
        Tensor theirs = scores(graph, reference, expected);
        Tensor ours = scores(graph, engine, found);
        Comparison comparison = Comparer.compare(word + ", " + engine.name(), theirs, ours);
        RealRun.print(comparison.toString());
        double highest = Arrays.stream(ours.reals()).max().orElseThrow();
        RealRun.print("%s: highest of %d scores %.3g", word, ours.count(), highest);
        assertThat(highest < DETECTED)
                .as("%s: highest score %s", word, highest)
                .isEqualTo(word != RealModel.WAKE_TIMER);
        if (!comparison.isWithin(Tolerance.FLOAT32)) {
            Tensor truth = scores(graph, new InterpreterEngine(graph, Precision.DOUBLE), expected);
            Judgement judgement =
                    Referee.judge(Map.of("score", truth), Map.of("score", theirs), Map.of("score", ours)).getFirst();
            RealRun.print(word + ", " + judgement);
            assertThat(judgement.ratio()).as(word + ", " + judgement).isLessThanOrEqualTo(LARGEST_RATIO);
        }
    }

    /// The scores of rows of features that lie side by side.
    private static Tensor scores(Graph graph, Engine engine, Heard heard) {
        Value input = graph.inputs().getFirst();
        String name = new InputGenerator(graph).types().keySet().asList().getFirst();
        int rows = Math.toIntExact(input.tensor().shape().dim(1).known());
        double[] scores =
                IntStream.rangeClosed(0, (heard.features().size(0) - rows) / SCORE_STEP)
                        .mapToObj(i -> RealRun.only(engine, name, heard.rows(i * SCORE_STEP, rows)))
                        .flatMapToDouble(found -> Arrays.stream(found.reals()))
                        .toArray();
        return RealRun.reals(scores, scores.length);
    }
}

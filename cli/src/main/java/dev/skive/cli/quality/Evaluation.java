package dev.skive.cli.quality;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.cli.console.Progress;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.Engine;
import dev.skive.verify.calibration.EngineFactory;
import dev.skive.verify.calibration.ModelInputs;
import dev.skive.verify.calibration.Samples;
import dev.skive.verify.calibration.TokenInputs;
import dev.skive.verify.quality.MetricKind;
import dev.skive.verify.quality.OutputMetric;
import dev.skive.verify.quality.PairScore;
import dev.skive.verify.quality.Perplexity;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Judges models on data by their first output.
///
/// @param factory runs the models
/// @param samples what outputs are compared on
/// @param pairs sentence pairs, if there are any
/// @param sentences makes inputs of sentences, if there is a tokenizer
/// @param metrics what to measure
public record Evaluation(
        EngineFactory factory,
        Samples samples,
        Optional<PairScore> pairs,
        Optional<Sentences> sentences,
        ImmutableSet<MetricKind> metrics) {
    /// Makes the inputs of a model for a sentence.
    @FunctionalInterface
    public interface Sentences extends Function<String, ImmutableMap<String, Tensor>> {}

    /// The figures of a model; the original compared with itself has the best possible ones of the metrics that compare.
    ///
    /// @param original what it is compared with
    /// @param changed the model
    /// @param progress hears of each pair and sample
    public ImmutableSortedMap<MetricKind, Double> judge(Graph original, Graph changed, Progress progress) {
        var figures = new EnumMap<MetricKind, Double>(MetricKind.class);
        if (original.equals(changed)) {
            metrics.stream()
                    .filter(kind -> kind.comparison().isPresent())
                    .forEach(kind -> figures.put(kind, kind.higherIsBetter() ? 1.0 : 0.0));
        } else {
            figures.putAll(compare(original, changed, progress));
        }
        if (metrics.contains(MetricKind.PERPLEXITY)) {
            figures.put(MetricKind.PERPLEXITY, perplexity(changed, progress));
        }
        if (metrics.contains(MetricKind.SPEARMAN)) {
            figures.put(MetricKind.SPEARMAN, spearman(changed, progress));
        }
        return ImmutableSortedMap.copyOf(figures);
    }

    private Map<MetricKind, Double> compare(Graph original, Graph changed, Progress progress) {
        var comparisons = new EnumMap<MetricKind, OutputMetric>(MetricKind.class);
        metrics.forEach(kind -> kind.comparison().ifPresent(metric -> comparisons.put(kind, metric)));
        try (Engine before = factory.open(original);
                Engine after = factory.open(changed);
                Stream<ImmutableMap<String, Tensor>> all = samples.open()) {
            Iterator<ImmutableMap<String, Tensor>> each = nonEmpty(all);
            while (each.hasNext()) {
                ImmutableMap<String, Tensor> sample = each.next();
                Tensor reference = output(original, before, sample);
                Tensor found = output(changed, after, sample);
                comparisons.values().forEach(metric -> metric.add(reference, found));
                progress.step();
            }
        }
        var figures = new EnumMap<MetricKind, Double>(MetricKind.class);
        comparisons.forEach((kind, metric) -> figures.put(kind, metric.value()));
        return figures;
    }

    private double perplexity(Graph graph, Progress progress) {
        String ids = TokenInputs.of(ModelInputs.of(graph)).ids();
        var perplexity = new Perplexity();
        try (Engine engine = factory.open(graph);
                Stream<ImmutableMap<String, Tensor>> all = samples.open()) {
            Iterator<ImmutableMap<String, Tensor>> each = nonEmpty(all);
            while (each.hasNext()) {
                ImmutableMap<String, Tensor> sample = each.next();
                perplexity.add(Objects.requireNonNull(sample.get(ids)), output(graph, engine, sample));
                progress.step();
            }
        }
        return perplexity.value();
    }

    private double spearman(Graph graph, Progress progress) {
        Sentences inputs = sentences.orElseThrow(() -> new SkiveException(ExitCode.USAGE, "--pairs needs --tokenizer"));
        try (Engine engine = factory.open(graph)) {
            return pairs.orElseThrow(AssertionError::new)
                    .of(sentence -> output(graph, engine, inputs.apply(sentence)), pair -> progress.step());
        }
    }

    private static Iterator<ImmutableMap<String, Tensor>> nonEmpty(Stream<ImmutableMap<String, Tensor>> all) {
        Iterator<ImmutableMap<String, Tensor>> each = all.iterator();
        if (!each.hasNext()) {
            throw new SkiveException(ExitCode.USAGE, "the data holds no sample");
        }
        return each;
    }

    private static Tensor output(Graph graph, Engine engine, Map<String, Tensor> sample) {
        String first = graph.outputs().keySet().iterator().next();
        return Objects.requireNonNull(engine.run(sample).get(first), "an engine loses an output");
    }
}

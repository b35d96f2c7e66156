package dev.skive.cli.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.Count;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.calibration.ActivationSource;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.calibration.ArraySamples;
import dev.skive.verify.calibration.CompiledFactory;
import dev.skive.verify.calibration.EngineActivations;
import dev.skive.verify.calibration.EngineFactory;
import dev.skive.verify.calibration.FolderSamples;
import dev.skive.verify.calibration.ModelInputs;
import dev.skive.verify.calibration.OrtFactory;
import dev.skive.verify.calibration.Samples;
import dev.skive.verify.calibration.TextSamples;
import dev.skive.verify.calibration.TokenInputs;
import dev.skive.verify.quality.Budget;
import dev.skive.verify.quality.MetricKind;
import dev.skive.verify.quality.PairScore;
import dev.skive.verify.quality.Pooling;
import dev.skive.verify.quality.SentencePairs;
import dev.skive.verify.text.Tokenizer;
import dev.skive.verify.text.TokenizerFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what data passes learn from and models are judged on.
public final class DataArguments {
    @Option(
            names = "--calibration",
            paramLabel = "DATA",
            description =
                    "Data that passes learn from and outputs are compared on: a .npz file with an array per input whose "
                            + "first axis counts samples, a folder of .npy or .npz files or of test_data_set_N, or text, a "
                            + "sample a line (default: the sentences of --pairs).")
    private @Nullable Path calibration;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "How text becomes ids: tokenizer.json of a BERT model, or vocab.json with a list of chars.")
    private @Nullable Path tokenizer;

    @Option(
            names = "--max-tokens",
            converter = Count.class,
            paramLabel = "N",
            description = "Most tokens of a text (default: 512).")
    private int maxTokens = 512;

    @Option(
            names = "--window",
            converter = Count.class,
            paramLabel = "N",
            description = "Take N tokens of running text for a sample instead of a line.")
    private @Nullable Integer window;

    @Option(
            names = "--samples",
            converter = Count.class,
            paramLabel = "N",
            description = "Use only the first N samples and pairs (default: all).")
    private int samples = Integer.MAX_VALUE;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "Sentence pairs with scores, .csv or .tsv, for the metric spearman.")
    private @Nullable Path pairs;

    @Option(
            names = "--pooling",
            paramLabel = "KIND",
            description = "What makes a vector of a sentence: mean or cls (default: mean).")
    private Pooling pooling = Pooling.MEAN;

    @Option(
            names = "--metric",
            split = ",",
            paramLabel = "METRIC",
            description =
                    "What to measure, and what it must be: cosine>=0.99, relative-l2<=0.1, top-1, top-5, kl, perplexity<=12, "
                            + "spearman>=99%% (of the original's).")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--data-engine",
            paramLabel = "ENGINE",
            description = "What runs models on the data: ort, vector or scalar (default: ort).")
    private EngineKind engine = EngineKind.ORT;

    /// Whether there is something to judge models on.
    public boolean areGiven() {
        return calibration != null || pairs != null;
    }

    /// What the metrics must be.
    ///
    /// @throws SkiveException when one is malformed, or there is no data for it
    public ImmutableList<Budget> budgets() {
        ImmutableList<Budget> budgets = metrics.stream().map(Budget::parse).collect(ImmutableList.toImmutableList());
        for (Budget budget : budgets) {
            if (budget.metric() == MetricKind.SPEARMAN && pairs == null) {
                throw usage("the metric spearman needs sentence pairs; give them with --pairs");
            }
            if (!areGiven()) {
                throw usage("the metric %s needs data; give it with --calibration".formatted(budget.metric()));
            }
        }
        return budgets;
    }

    /// The files the data is in.
    ImmutableList<Path> files() {
        return Stream.of(Optional.ofNullable(calibration), Optional.ofNullable(tokenizer), Optional.ofNullable(pairs))
                .flatMap(Optional::stream)
                .collect(ImmutableList.toImmutableList());
    }

    /// The other options, as text that differs when results do.
    String settings() {
        return "%d %s %d %s %s %s".formatted(maxTokens, window, samples, pooling, metrics, engine);
    }

    /// What passes learn from.
    public ActivationSource activations(Graph graph, Limits limits) {
        return areGiven() ? new EngineActivations(factory(), samples(graph, limits)) : ActivationSource.NONE;
    }

    /// What models with the inputs of this graph are judged by.
    public Evaluation evaluation(Graph graph, Limits limits) {
        var wanted = budgets().stream().map(Budget::metric).collect(ImmutableSet.toImmutableSet());
        ImmutableSet<MetricKind> usual =
                pairs == null
                        ? ImmutableSet.of(MetricKind.COSINE, MetricKind.RELATIVE_L2)
                        : ImmutableSet.of(MetricKind.COSINE, MetricKind.RELATIVE_L2, MetricKind.SPEARMAN);
        return new Evaluation(
                factory(),
                samples(graph, limits),
                Optional.ofNullable(pairs).map(file -> new PairScore(SentencePairs.read(file, samples), pooling)),
                Optional.ofNullable(tokenizer).map(file -> sentences(graph)),
                Sets.immutableEnumSet(Sets.union(usual, wanted)));
    }

    private EngineFactory factory() {
        return engine == EngineKind.ORT
                ? OrtFactory.DEFAULT
                : new CompiledFactory(new ModelOptions(1, engine.instructionSet()));
    }

    private Samples samples(Graph graph, Limits limits) {
        ModelInputs inputs = ModelInputs.of(graph);
        long most = limits.of(Limit.TENSOR_BYTES);
        if (calibration == null) {
            return sentencesOfPairs(graph);
        }
        if (!Files.exists(calibration)) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(calibration));
        }
        if (Files.isDirectory(calibration)) {
            return new FolderSamples(inputs, calibration, most).samples().first(samples);
        }
        if (calibration.toString().endsWith(".npz")) {
            return ArraySamples.ofArchive(inputs, calibration, most).first(samples);
        }
        var text = new TextSamples(TokenInputs.of(inputs), calibration, tokenizer());
        return (window == null ? text.lines() : text.windows(window)).first(samples);
    }

    /// Both sentences of each pair; the scores are not looked at.
    private Samples sentencesOfPairs(Graph graph) {
        Evaluation.Sentences sentences = sentences(graph);
        SentencePairs read = SentencePairs.read(java.util.Objects.requireNonNull(pairs), samples);
        return () -> read.pairs().stream().flatMap(pair -> Stream.of(pair.first(), pair.second())).map(sentences);
    }

    private Evaluation.Sentences sentences(Graph graph) {
        TokenInputs inputs = TokenInputs.of(ModelInputs.of(graph));
        Tokenizer ids = tokenizer();
        return sentence -> inputs.of(ids.encode(sentence));
    }

    private Tokenizer tokenizer() {
        if (tokenizer == null) {
            throw usage("text needs --tokenizer tokenizer.json");
        }
        Tokenizer read = TokenizerFile.read(tokenizer);
        return window == null ? read.cutTo(maxTokens) : read;
    }

    private static SkiveException usage(String message) {
        return new SkiveException(ExitCode.USAGE, message);
    }
}

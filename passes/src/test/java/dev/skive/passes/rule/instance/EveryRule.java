package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimaps;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.exact.ExactCases;
import dev.skive.passes.fuse.AttentionCases;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.Rule;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import dev.skive.passes.rule.text.RuleReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All rules there are: those of the rule files, and those in Java with their examples.
public final class EveryRule {
    private static final String ANY_FILE = "/rules/arithmetic.rules";

    /// Examples of a rule in Java are random but for their form.
    private static final int SAMPLES = 12;

    private EveryRule() {}

    /// The rules.
    public static ImmutableList<RuleUnderTest> all() {
        return Stream.concat(ofFiles(), inJava()).collect(ImmutableList.toImmutableList());
    }

    /// The texts of all rule files.
    public static ImmutableList<SourceText> files() {
        URL file = Objects.requireNonNull(Rule.class.getResource(ANY_FILE));
        try {
            URI uri = file.toURI();
            if (uri.getScheme().equals("file")) {
                return texts(Objects.requireNonNull(Path.of(uri).getParent()));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return texts(Objects.requireNonNull(jar.getPath(ANY_FILE).getParent()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static ImmutableList<SourceText> texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var texts = ImmutableList.<SourceText>builder();
            for (Path path : files.sorted().toList()) {
                texts.add(new SourceText(path.getFileName().toString(), Files.readString(path)));
            }
            return texts.build();
        }
    }

    private static Stream<RuleUnderTest> ofFiles() {
        return files().stream().flatMap(file -> of(file).stream());
    }

    /// The rules of a file.
    public static ImmutableList<RuleUnderTest> of(SourceText file) {
        return read(file).stream().map(EveryRule::ofText).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Rule> read(SourceText file) {
        try {
            return RuleReader.read(file);
        } catch (TextError wrong) {
            throw new AssertionError(wrong.getMessage(), wrong);
        }
    }

    private static RuleUnderTest ofText(Rule rule) {
        try {
            return RuleUnderTest.of(rule);
        } catch (TextError wrong) {
            throw new AssertionError(wrong.getMessage(), wrong);
        }
    }

    private static Stream<RuleUnderTest> inJava() {
        List<RuleCase> cases =
                Stream.concat(ExactCases.all().stream(), Stream.of(AttentionCases.recognized())).toList();
        return Multimaps.index(cases, example -> example.rule().name()).asMap().values().stream()
                .filter(examples -> !(examples.iterator().next().rule() instanceof Rule))
                .map(examples -> inJava(List.copyOf(examples)));
    }

    private static RuleUnderTest inJava(List<RuleCase> examples) {
        NodeRule rule = examples.getFirst().rule();
        return new RuleUnderTest(
                rule,
                true,
                samples(examples, RuleCase::fires, ElementType.FLOAT32, ElementType.FLOAT64),
                samples(examples, RuleCase::skips, ElementType.FLOAT32),
                Optional.empty());
    }

    private static ImmutableList<Graph> samples(
            List<RuleCase> examples, Function<RuleCase, Function<Sample, Graph>> form, ElementType... types) {
        return IntStream.range(0, SAMPLES)
                .mapToObj(seed -> seed)
                .flatMap(seed ->
                        examples.stream()
                                .map(example ->
                                        form.apply(example).apply(new Sample(seed, types[seed % types.length], false))))
                .collect(ImmutableList.toImmutableList());
    }
}

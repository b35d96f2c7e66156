package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rule files that come with Skive, by topic.
public final class RuleFiles {
    private static final Map<String, ImmutableList<Rule>> READ = new ConcurrentHashMap<>();

    private RuleFiles() {}

    /// The rules about some topics, in this order, as they are applied together; those about a topic are in
    /// `rules/<topic>.rules` on the class path.
    ///
    /// @throws SkiveException when something is wrong with a file, or a rule hides one after it
    public static ImmutableList<Rule> rules(String... topics) {
        ImmutableList<Rule> rules =
                Arrays.stream(topics)
                        .flatMap(topic -> READ.computeIfAbsent(topic, RuleFiles::read).stream())
                        .collect(ImmutableList.toImmutableList());
        try {
            RuleReader.checkTogether(rules);
        } catch (TextError error) {
            throw new SkiveException(ExitCode.INTERNAL, error.getMessage(), error);
        }
        return rules;
    }

    private static ImmutableList<Rule> read(String topic) {
        try {
            return RuleReader.read(source(topic));
        } catch (TextError error) {
            throw new SkiveException(ExitCode.INTERNAL, error.getMessage(), error);
        }
    }

    /// The text of the file about a topic.
    public static SourceText source(String topic) {
        String name = "rules/" + topic + ".rules";
        try (var stream = RuleFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError("no resource " + name);
            }
            return new SourceText(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

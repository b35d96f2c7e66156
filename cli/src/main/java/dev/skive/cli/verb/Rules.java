package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.rule.NodeRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// Lists rewrite rules.
@Command(name = "rules", description = "List the rewrite rules that passes apply.")
public final class Rules extends Verb {
    /// The verb, printing to these streams.
    public Rules(Streams streams) {
        super(streams);
    }

    /// Every rule.
    ///
    /// @param rules in the order of the passes
    record Report(ImmutableList<RuleLine> rules) {}

    /// One rule.
    ///
    /// @param name in kebab-case
    /// @param contract what it promises about the numbers
    /// @param lowers the cost that gets less
    /// @param documentation what it rewrites
    /// @param source the file and line, or the class
    /// @param passes the passes that apply it
    record RuleLine(
            String name,
            String contract,
            String lowers,
            String documentation,
            String source,
            ImmutableList<String> passes) {}

    @Override
    int run(Console console) {
        Map<String, NodeRule> rules = new LinkedHashMap<>();
        Map<String, List<String>> passes = new LinkedHashMap<>();
        PassRegistry.load()
                .passes()
                .forEach(pass ->
                        pass.rewrites()
                                .forEach(rule -> {
                                    rules.putIfAbsent(rule.name(), rule);
                                    passes.computeIfAbsent(rule.name(), name -> new ArrayList<>()).add(pass.name());
                                }));
        var report =
                new Report(
                        rules.values().stream()
                                .map(rule -> line(rule, passes.getOrDefault(rule.name(), List.of())))
                                .collect(ImmutableList.toImmutableList()));
        var table = new Table("rule", "contract", "lowers", "source");
        report.rules().forEach(rule -> table.row(rule.name(), rule.contract(), rule.lowers(), rule.source()));
        console.print(table.toString());
        console.print(report.rules().size() + " rules");
        console.json(report);
        return OK;
    }

    private static RuleLine line(NodeRule rule, List<String> passes) {
        return new RuleLine(
                rule.name(),
                rule.contract().toString(),
                rule.cost().toString(),
                rule.documentation(),
                rule.source(),
                ImmutableList.copyOf(passes));
    }
}

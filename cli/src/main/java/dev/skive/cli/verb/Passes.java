package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.console.Table;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.rule.NodeRule;
import picocli.CommandLine.Command;

/// Lists passes and bundles.
@Command(name = "passes", description = "List the passes and bundles that pipelines are made of.")
public final class Passes extends Verb {
    /// The verb, printing to these streams.
    public Passes(Streams streams) {
        super(streams);
    }

    /// Every pass and bundle.
    ///
    /// @param passes by name
    /// @param bundles what each stands for
    record Report(ImmutableList<PassLine> passes, ImmutableSortedMap<String, String> bundles) {}

    /// One pass.
    ///
    /// @param name in pipeline text
    /// @param text with all options as they are when nothing is said
    /// @param contract what it promises about the numbers
    /// @param requires what must have been established before
    /// @param establishes what holds afterwards
    /// @param rules the rules it applies, in order
    /// @param source the class
    record PassLine(
            String name,
            String text,
            String contract,
            ImmutableList<String> requires,
            ImmutableList<String> establishes,
            ImmutableList<String> rules,
            String source) {
        static PassLine of(Pass pass) {
            return new PassLine(
                    pass.name(),
                    PassRegistry.text(pass),
                    pass.contract().toString(),
                    names(pass.requires()),
                    names(pass.establishes()),
                    pass.rewrites().stream().map(NodeRule::name).collect(ImmutableList.toImmutableList()),
                    pass.getClass().getName());
        }

        private static ImmutableList<String> names(Iterable<Fact> facts) {
            var names = ImmutableList.<String>builder();
            facts.forEach(fact -> names.add(fact.name()));
            return names.build();
        }
    }

    @Override
    int run(Console console) {
        PassRegistry registry = PassRegistry.load();
        var report =
                new Report(
                        registry.passes().stream().map(PassLine::of).collect(ImmutableList.toImmutableList()),
                        registry.bundles());
        var passes = new Table("pass", "contract", "requires", "rules", "source");
        report.passes()
                .forEach(pass ->
                        passes.row(
                                pass.text(),
                                pass.contract(),
                                pass.requires().isEmpty() ? "-" : String.join(", ", pass.requires()),
                                pass.rules().isEmpty() ? "-" : pass.rules().size(),
                                pass.source()));
        console.print(passes.toString());
        var bundles = new Table("bundle", "stands for");
        report.bundles().forEach(bundles::row);
        console.print("");
        console.print(bundles.toString());
        console.json(report);
        return OK;
    }
}

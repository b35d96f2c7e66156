package dev.skive.cli.verb;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Streams;
import dev.skive.cli.model.ImportArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Nearest;
import dev.skive.passes.PassEvents;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.passes.rule.Explanation;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.Rule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says where a rule fires in a model, where it almost does, and why not.
@Command(name = "explain", description = "Say where a rule fires in a model, where it almost does, and why not.")
public final class Explain extends Verb {
    private static final int NAMES = 4;

    @Parameters(index = "0", paramLabel = "RULE", description = "Name of a rule (see 'skive rules').")
    private String ruleName = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "An .onnx file, or FILE.jar!ENTRY.onnx.")
    private String model = "";

    @Option(
            names = "--after",
            paramLabel = "PASSES",
            defaultValue = "",
            description = "Passes to run first, for example simplify (default: none).")
    private String after = "";

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many places of each kind to show (default: ${DEFAULT-VALUE}).")
    private int most;

    @Mixin private ImportArguments importing = new ImportArguments();

    /// The verb, printing to these streams.
    public Explain(Streams streams) {
        super(streams);
    }

    /// What was found.
    ///
    /// @param rule the rule
    /// @param source where it is written
    /// @param fires at how many nodes it fires
    /// @param tried how many nodes it could begin with
    /// @param firing the first places where it fires
    /// @param nearest the places where it does not fire although most fitted
    record Report(
            String rule,
            String source,
            long fires,
            int tried,
            ImmutableList<Place> firing,
            ImmutableList<Place> nearest) {}

    /// How far a rule got at a node.
    ///
    /// @param operator of the node
    /// @param nodes names in the model file of what fitted
    /// @param matched how many operators fitted
    /// @param reasons why the rule does not fire, empty when it does
    record Place(String operator, ImmutableList<String> nodes, int matched, ImmutableList<String> reasons) {
        static Place of(Explanation explanation) {
            return new Place(
                    explanation.node().op().mnemonic(),
                    explanation.at().sources().asList(),
                    explanation.matched(),
                    explanation.reasons());
        }
    }

    @Override
    int run(Console console) {
        Rule rule = rule();
        try (var source = ModelSource.open(model)) {
            Graph graph = importing.read(source, console);
            Graph prepared =
                    new PassManager(Pipeline.parse(after, PassRegistry.load()))
                            .run(graph, importing.context(console, PassEvents.IGNORED))
                            .graph();
            ImmutableList<Explanation> all = Explanation.all(rule, prepared);
            var report =
                    new Report(
                            rule.name(),
                            rule.source(),
                            all.stream().filter(Explanation::fires).count(),
                            all.size(),
                            places(all, true),
                            places(all, false));
            print(report, rule, console);
            console.json(report);
            return OK;
        }
    }

    private ImmutableList<Place> places(ImmutableList<Explanation> all, boolean fires) {
        return all.stream()
                .filter(explanation -> explanation.fires() == fires)
                .limit(most)
                .map(Place::of)
                .collect(ImmutableList.toImmutableList());
    }

    private Rule rule() {
        ImmutableMap<String, NodeRule> known =
                PassRegistry.load().passes().stream()
                        .flatMap(pass -> pass.rewrites().stream())
                        .collect(ImmutableMap.toImmutableMap(NodeRule::name, rule -> rule, (first, same) -> first));
        NodeRule found = known.get(ruleName);
        if (found instanceof Rule rule) {
            return rule;
        }
        ImmutableCollection<String> names = known.keySet();
        throw new SkiveException(
                ExitCode.USAGE,
                found == null
                        ? "unknown rule '%s'%s ('skive rules' lists all)"
                                .formatted(ruleName, Nearest.suggestion(ruleName, names))
                        : "rule '%s' is written in Java (%s), only rules with a pattern can be explained"
                                .formatted(ruleName, found.source()));
    }

    private static void print(Report report, Rule rule, Console console) {
        console.print("%s (%s, %s)".formatted(rule.name(), rule.contract(), rule.source()));
        rule.documentation().lines().forEach(line -> console.print("  " + line));
        console.print("");
        console.print("fires at %d of the %d nodes it could begin with".formatted(report.fires(), report.tried()));
        report.firing().forEach(place -> console.print("  " + describe(place)));
        if (!report.nearest().isEmpty()) {
            console.print("");
            console.print("nearest places where it does not fire:");
        }
        for (Place place : report.nearest()) {
            console.print("  %s (%d operators fit)".formatted(describe(place), place.matched()));
            place.reasons().forEach(reason -> console.print("    " + reason));
        }
    }

    private static String describe(Place place) {
        String nodes = String.join(", ", place.nodes().stream().limit(NAMES).toList());
        String rest = place.nodes().size() > NAMES ? " and " + (place.nodes().size() - NAMES) + " more" : "";
        return place.operator() + " at " + nodes + rest;
    }
}

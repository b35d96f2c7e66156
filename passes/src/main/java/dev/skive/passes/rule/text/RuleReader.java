package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.grammar.RuleText;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.TextProblem;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ExpressionText;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.grammar.tree.RuleTree.Word;
import dev.skive.grammar.tree.Statement;
import dev.skive.ir.eval.Precision;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Replacement;
import dev.skive.passes.rule.Rule;
import dev.skive.passes.rule.Shadowing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes rules of the text of a rule file, and refuses what is certainly wrong, all of it at once.
public final class RuleReader {
    private final SourceText source;
    private final Problems problems;

    private RuleReader(SourceText source) {
        this.source = source;
        this.problems = new Problems(source);
    }

    /// The rules of a file, in order.
    ///
    /// @throws TextError when something in it is wrong
    public static ImmutableList<Rule> read(SourceText source) {
        var rules = ImmutableList.<Rule>builder();
        var reader = new RuleReader(source);
        RuleText.parse(source).forEach(tree -> reader.rule(tree).ifPresent(rules::add));
        reader.problems.throwIfAny();
        checkTogether(rules.build());
        return rules.build();
    }

    /// Checks rules that are applied together: their names differ, and none hides one after it.
    ///
    /// @throws TextError when that is not so
    static void checkTogether(ImmutableList<Rule> rules) {
        var names = new HashMap<String, Rule>();
        var problems = new ArrayList<TextProblem>();
        for (Rule rule : rules) {
            Rule.Text text = rule.text().orElseThrow();
            Optional.ofNullable(names.putIfAbsent(rule.name(), rule))
                    .map(first ->
                            "two rules are named '%s'; the first one is %s".formatted(rule.name(), first.source()))
                    .or(() ->
                            Shadowing.of(rule, rules.subList(0, rules.indexOf(rule)))
                                    .map(first ->
                                            "rule '%s' never fires: rule '%s' (%s) matches all that it matches"
                                                    .formatted(rule.name(), first.name(), first.source())))
                    .ifPresent(
                            problem -> problems.add(new TextProblem(text.source(), text.tree().position(), problem)));
        }
        if (!problems.isEmpty()) {
            throw new TextError(problems);
        }
    }

    /// One rule of a file.
    ///
    /// @throws TextError when something in it is wrong
    public static Rule read(SourceText source, RuleTree tree) {
        var reader = new RuleReader(source);
        Optional<Rule> rule = reader.rule(tree);
        reader.problems.throwIfAny();
        return rule.orElseThrow(AssertionError::new);
    }

    /// The rule, unless something is wrong with it.
    private Optional<Rule> rule(RuleTree tree) {
        var own = new Problems(source);
        Exactness contract = contract(tree, own);
        CostClaim claim = claim(tree, own);
        examples(tree, own);
        var reader = new PatternReader(own);
        Pattern pattern = reader.read(tree.match());
        if (pattern.operators().isEmpty() && own.isEmpty()) {
            own.add(tree.match().whole().position(), "a rule begins with an operator: it would match everywhere");
        }
        ImmutableList<Expression> conditions =
                Stream.concat(reader.conditions().stream(), tree.conditions().stream().flatMap(RuleReader::conjuncts))
                        .collect(ImmutableList.toImmutableList());
        if (own.isEmpty()) {
            check(tree, Scope.of(pattern), conditions, own);
        }
        problems.addAll(own);
        return own.isEmpty()
                ? Optional.of(
                        new Rule(
                                tree.name(),
                                contract,
                                claim,
                                pattern,
                                conditions.stream().map(RuleReader::condition).collect(ImmutableList.toImmutableList()),
                                replacement(tree, contract),
                                Optional.of(new Rule.Text(source, tree))))
                : Optional.empty();
    }

    private static Exactness contract(RuleTree tree, Problems problems) {
        var known = Arrays.stream(Exactness.values()).map(Exactness::toString).collect(ImmutableSet.toImmutableSet());
        if (tree.contract().isEmpty()) {
            problems.add(
                    tree.position(),
                    "rule '%s' has no contract: write ': exact' or ': reassociating' after its name"
                            .formatted(tree.name()));
            return Exactness.EXACT;
        }
        Word word = tree.contract().get();
        if (!known.contains(word.text())) {
            problems.unknown(word.position(), "contract", word.text(), known);
        }
        return Arrays.stream(Exactness.values())
                .filter(exactness -> exactness.toString().equals(word.text()))
                .findFirst()
                .orElse(Exactness.EXACT);
    }

    private static CostClaim claim(RuleTree tree, Problems problems) {
        if (tree.lowers().isEmpty()) {
            return CostClaim.NODES;
        }
        Word word = tree.lowers().get();
        var known = Arrays.stream(CostClaim.values()).map(CostClaim::toString).collect(ImmutableSet.toImmutableSet());
        if (!known.contains(word.text())) {
            problems.unknown(word.position(), "cost", word.text(), known);
        }
        return Arrays.stream(CostClaim.values())
                .filter(claim -> claim.toString().equals(word.text()))
                .findFirst()
                .orElse(CostClaim.NODES);
    }

    private static void examples(RuleTree tree, Problems problems) {
        for (boolean fires : new boolean[] {true, false}) {
            if (tree.examples().stream().noneMatch(example -> example.fires() == fires)) {
                problems.add(
                        tree.position(),
                        "rule '%s' has no example where it %s".formatted(tree.name(), fires ? "fires" : "skips"));
            }
        }
    }

    private static void check(RuleTree tree, Scope scope, ImmutableList<Expression> conditions, Problems problems) {
        var checker = new Checker(scope, problems);
        conditions.forEach(checker::condition);
        Scope inside = scope;
        for (Statement.Assignment part : tree.replacement().parts()) {
            var soFar = new Checker(inside, problems);
            Kind kind = soFar.kind(part.value(), true);
            for (Statement.Target target : part.targets()) {
                if (target.name().isPresent()) {
                    inside = inside.with(target.name().get(), kind);
                }
            }
        }
        new Checker(inside, problems).replacement(tree.replacement().whole());
    }

    private static Stream<Expression> conjuncts(Expression condition) {
        return condition instanceof Expression.Binary both && both.operation() == Operation.BOTH
                ? Stream.concat(conjuncts(both.left()), conjuncts(both.right()))
                : Stream.of(condition);
    }

    private static Condition condition(Expression condition) {
        return new Condition(
                ExpressionText.print(condition), match -> new Evaluator(match.bindings()).holds(condition));
    }

    private static Replacement replacement(RuleTree tree, Exactness contract) {
        Precision precision = contract == Exactness.EXACT ? Precision.DECLARED : Precision.DOUBLE;
        return (match, emitter) -> Construction.build(tree.replacement(), match, new EmittedNodes(emitter), precision);
    }
}

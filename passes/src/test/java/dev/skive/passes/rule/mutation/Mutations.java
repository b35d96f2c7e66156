package dev.skive.passes.rule.mutation;

import com.google.common.collect.ImmutableListMultimap;
import dev.skive.frontend.lang.Operators;
import dev.skive.grammar.SkiveLexer;
import dev.skive.grammar.SkiveParser;
import dev.skive.grammar.SkiveParser.AlternativeContext;
import dev.skive.grammar.SkiveParser.ApplicationContext;
import dev.skive.grammar.SkiveParser.ArgumentContext;
import dev.skive.grammar.SkiveParser.BinaryContext;
import dev.skive.grammar.SkiveParser.CallContext;
import dev.skive.grammar.SkiveParser.DenialContext;
import dev.skive.grammar.SkiveParser.ExpressionContext;
import dev.skive.grammar.SkiveParser.HoleContext;
import dev.skive.grammar.SkiveParser.ListContext;
import dev.skive.grammar.SkiveParser.NameContext;
import dev.skive.grammar.SkiveParser.NumberContext;
import dev.skive.grammar.SkiveParser.OnlyUseContext;
import dev.skive.grammar.SkiveParser.PatternContext;
import dev.skive.grammar.SkiveParser.RewriteRuleContext;
import dev.skive.ir.op.Commutative;
import dev.skive.passes.rule.instance.AttributeWords;
import dev.skive.passes.rule.mutation.Mutant.Edit;
import dev.skive.passes.rule.mutation.Mutant.Kind;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/// All mistakes that are put into a rule, one at a time, as edits of its text: every number a little off, every attribute
/// another one, every condition dropped, turned round or off by one, every `once` dropped, and operands that may not
/// change places in another order.
public final class Mutations {
    private static final Map<String, List<String>> OTHER_COMPARISONS =
            Map.of(
                    "==", List.of("!="),
                    "!=", List.of("=="),
                    "<", List.of("<=", ">="),
                    "<=", List.of("<", ">"),
                    ">", List.of(">=", "<="),
                    ">=", List.of(">", "<"));
    private static final Map<String, String> OTHER_ARITHMETIC =
            Map.of("+", "-", "-", "+", "*", "+", "/", "*", "%", "/");

    /// Functions of the rule language whose arguments may change places.
    private static final Set<String> SYMMETRIC = Set.of("broadcast", "max", "min");

    private final String text;
    private final String rule;
    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<Mutant> found = new LinkedHashSet<>();

    private Mutations(String text, String rule) {
        this.text = text;
        this.rule = rule;
    }

    /// The mutants of the rules of a file, by the name of the rule; each is the text of its rule only.
    public static ImmutableListMultimap<String, Mutant> of(String file) {
        var mutants = ImmutableListMultimap.<String, Mutant>builder();
        for (RewriteRuleContext place : parse(file)) {
            String text = file.substring(start(place), end(place));
            RewriteRuleContext tree = parse(text).getFirst();
            String name = tree.kebab(0).getText();
            var mutations = new Mutations(text, name);
            mutations.collect(tree);
            mutants.putAll(name, mutations.found);
        }
        return mutants.build();
    }

    private static List<RewriteRuleContext> parse(String text) {
        var lexer = new SkiveLexer(CharStreams.fromString(text));
        return new SkiveParser(new CommonTokenStream(lexer)).ruleFile().rewriteRule();
    }

    private void collect(RewriteRuleContext tree) {
        PatternContext match = tree.pattern(0);
        PatternContext replacement = tree.pattern(1);
        attributeVariables(match);
        pattern(match, false);
        pattern(replacement, true);
        List<ExpressionContext> conditions = tree.expression();
        for (int i = 0; i < conditions.size(); i++) {
            drop(tree, conditions, i);
            condition(conditions.get(i));
        }
    }

    /// Variables that stand for attributes.
    private void attributeVariables(ParseTree tree) {
        if (tree instanceof ArgumentContext argument
                && argument.IS() != null
                && argument.expression() instanceof HoleContext hole) {
            variables.add(hole.getText());
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            attributeVariables(tree.getChild(i));
        }
    }

    private void pattern(ParseTree tree, boolean isReplacement) {
        switch (tree) {
            case NumberContext number -> number(number);
            case OnlyUseContext only -> replace(Kind.ONCE, only, text(only.expression()));
            case AlternativeContext only when only.ONCE() != null -> replace(Kind.ONCE, only, text(only.application()));
            case ArgumentContext argument when argument.IS() != null -> {
                attribute(argument, isReplacement);
                return;
            }
            case ApplicationContext call -> order(call);
            case BinaryContext binary when Set.of("-", "/", "@").contains(binary.op.getText()) ->
                    replace(
                            Kind.ORDER,
                            binary,
                            "(%s) %s (%s)"
                                    .formatted(
                                            text(binary.expression(1)),
                                            binary.op.getText(),
                                            text(binary.expression(0))));
            default -> {}
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            pattern(tree.getChild(i), isReplacement);
        }
    }

    /// A number that is off by a percent, far beyond any tolerance, or by one when it is whole.
    private void number(NumberContext number) {
        String written = number.getText();
        if (number.INT() != null) {
            replace(Kind.NUMBER, number, String.valueOf(Long.parseLong(written) + 1));
        } else if (number.FLOAT() != null) {
            var value = new BigDecimal(written);
            BigDecimal other = value.signum() == 0 ? new BigDecimal("0.01") : value.multiply(new BigDecimal("1.01"));
            replace(Kind.NUMBER, number, other.toString().toLowerCase(Locale.ROOT));
        }
    }

    /// Neighbouring operands the other way round, unless the operator is commutative.
    private void order(ApplicationContext call) {
        if (isCommutative(call.NAME().getText())) {
            return;
        }
        List<ArgumentContext> operands = call.argument().stream().filter(argument -> argument.IS() == null).toList();
        for (int i = 0; i + 1 < operands.size(); i++) {
            swap(Kind.ORDER, operands.get(i), operands.get(i + 1));
        }
    }

    private static boolean isCommutative(String operator) {
        try {
            return Commutative.class.isAssignableFrom(Class.forName("dev.skive.ir.op." + operator));
        } catch (ClassNotFoundException function) {
            return false;
        }
    }

    private void attribute(ArgumentContext argument, boolean isReplacement) {
        ExpressionContext value = argument.expression();
        if (!isReplacement && !(value instanceof HoleContext)) {
            drop(argument);
        }
        attributeValue(argument.word().getText(), ((ApplicationContext) argument.getParent()).NAME().getText(), value);
    }

    private void attributeValue(String attribute, String operator, ExpressionContext value) {
        switch (value) {
            case NumberContext number -> number(number);
            case NameContext name -> words(operator, attribute, name);
            case HoleContext hole -> otherVariables(hole);
            case ListContext list -> entries(list.expression());
            case CallContext call -> function(call.application());
            case BinaryContext binary -> arithmetic(binary);
            default -> {}
        }
        ParserRuleContext parts = value instanceof CallContext call ? call.application() : value;
        for (int i = 0; i < parts.getChildCount(); i++) {
            switch (parts.getChild(i)) {
                case ExpressionContext part -> attributeValue(attribute, operator, part);
                case ArgumentContext part -> attributeValue(attribute, operator, part.expression());
                default -> {}
            }
        }
    }

    /// The other words the attribute takes.
    private void words(String operator, String attribute, NameContext name) {
        String written = name.getText();
        if (written.equals("true") || written.equals("false")) {
            replace(Kind.ATTRIBUTE, name, written.equals("true") ? "false" : "true");
            return;
        }
        if (Operators.contains(operator)) {
            AttributeWords.of(Operators.attribute(operator, attribute)).stream()
                    .filter(other -> !other.equals(written))
                    .forEach(other -> replace(Kind.ATTRIBUTE, name, other));
        }
    }

    private void otherVariables(HoleContext hole) {
        for (String other : variables) {
            if (!other.equals(hole.getText())) {
                replace(Kind.ATTRIBUTE, hole, other);
            }
        }
    }

    private void entries(List<ExpressionContext> entries) {
        for (int i = 0; i + 1 < entries.size(); i++) {
            swap(Kind.ATTRIBUTE, entries.get(i), entries.get(i + 1));
        }
    }

    /// A function of attributes with its arguments the other way round, and each of them instead of it; what has names may
    /// stand in any order.
    private void function(ApplicationContext function) {
        List<ArgumentContext> arguments =
                function.argument().stream().filter(argument -> argument.IS() == null).toList();
        boolean isOrdered = !SYMMETRIC.contains(function.NAME().getText());
        for (int i = 0; isOrdered && i + 1 < arguments.size(); i++) {
            swap(Kind.ATTRIBUTE, arguments.get(i), arguments.get(i + 1));
        }
        arguments.forEach(argument -> replace(Kind.ATTRIBUTE, function, text(argument)));
    }

    private void arithmetic(BinaryContext binary) {
        String other = OTHER_ARITHMETIC.get(binary.op.getText());
        if (other != null) {
            add(Kind.ATTRIBUTE, binary.op.getStartIndex(), binary.op.getStopIndex() + 1, other);
        }
    }

    private void condition(ParseTree tree) {
        switch (tree) {
            case NumberContext number -> number(number);
            case DenialContext denial -> replace(Kind.CONDITION, denial, text(denial.expression()));
            case BinaryContext binary -> {
                String operator = binary.op.getText();
                OTHER_COMPARISONS
                        .getOrDefault(operator, List.of())
                        .forEach(other ->
                                add(Kind.CONDITION, binary.op.getStartIndex(), binary.op.getStopIndex() + 1, other));
                if (operator.equals("&&") || operator.equals("||")) {
                    binary.expression().forEach(side -> replace(Kind.CONDITION, binary, text(side)));
                }
                arithmetic(binary);
            }
            default -> {}
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            condition(tree.getChild(i));
        }
    }

    /// One of several conditions left out, with its comma; the word before the conditions when it is the only one.
    private void drop(RewriteRuleContext tree, List<ExpressionContext> conditions, int index) {
        ExpressionContext condition = conditions.get(index);
        int from =
                conditions.size() == 1
                        ? tree.WHERE().getSymbol().getStartIndex()
                        : index == 0 ? start(condition) : end(conditions.get(index - 1));
        int to = index == 0 && conditions.size() > 1 ? start(conditions.get(1)) : end(condition);
        add(Kind.CONDITION, from, to, "");
    }

    /// An attribute that may be anything.
    private void drop(ArgumentContext argument) {
        List<ArgumentContext> all = ((ApplicationContext) argument.getParent()).argument();
        int index = all.indexOf(argument);
        int from = index == 0 ? start(argument) : end(all.get(index - 1));
        int to = index == 0 && all.size() > 1 ? start(all.get(1)) : end(argument);
        add(Kind.ATTRIBUTE, from, to, "");
    }

    private void swap(Kind kind, ParserRuleContext first, ParserRuleContext second) {
        String between = text.substring(end(first), start(second));
        add(kind, start(first), end(second), text(second) + between + text(first));
    }

    private void replace(Kind kind, ParserRuleContext passage, String other) {
        add(kind, start(passage), end(passage), other);
    }

    private void add(Kind kind, int from, int to, String other) {
        String before = text.substring(from, to);
        if (!before.equals(other)) {
            int line =
                    1
                            + (int) text.substring(0, from).lines().count()
                            - (from > 0 && text.charAt(from - 1) != '\n' ? 1 : 0);
            found.add(
                    new Mutant(
                            rule,
                            kind,
                            new Edit(line, before, other),
                            text.substring(0, from) + other + text.substring(to)));
        }
    }

    private String text(ParserRuleContext passage) {
        return text.substring(start(passage), end(passage));
    }

    private static int start(ParserRuleContext passage) {
        return passage.getStart().getStartIndex();
    }

    private static int end(ParserRuleContext passage) {
        return passage.getStop().getStopIndex() + 1;
    }
}

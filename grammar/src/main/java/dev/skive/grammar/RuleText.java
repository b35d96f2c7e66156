package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Position;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.grammar.tree.RuleTree.Example;
import dev.skive.grammar.tree.RuleTree.PatternTree;
import dev.skive.grammar.tree.RuleTree.Word;
import dev.skive.grammar.tree.Statement;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/// Reads rule files.
public final class RuleText {
    private final SourceText source;
    private final CommonTokenStream tokens;

    private RuleText(SourceText source, CommonTokenStream tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /// The rules of a file, in order.
    ///
    /// @throws TextError when the text does not follow the grammar
    public static ImmutableList<RuleTree> parse(SourceText source) {
        var parsing = new Parsing(source);
        SkiveParser.RuleFileContext file = parsing.apply(SkiveParser::ruleFile);
        return ExpressionReader.all(file.rewriteRule(), new RuleText(source, parsing.tokens())::rule);
    }

    private RuleTree rule(SkiveParser.RewriteRuleContext context) {
        return new RuleTree(
                ExpressionReader.position(context.kebab(0)),
                ExpressionReader.kebab(source, context.kebab(0)),
                documentation(context.getStart()),
                Optional.ofNullable(context.NAME())
                        .map(name -> new Word(Parsing.position(name.getSymbol()), name.getText())),
                pattern(context.pattern(0)),
                ExpressionReader.expressions(context.expression()),
                pattern(context.pattern(1)),
                Optional.ofNullable(context.kebab(1))
                        .map(word -> new Word(ExpressionReader.position(word), ExpressionReader.kebab(source, word))),
                ExpressionReader.all(context.example(), RuleText::example));
    }

    /// The comments right before a token.
    private String documentation(Token first) {
        var hidden = tokens.getHiddenTokensToLeft(first.getTokenIndex());
        if (hidden == null) {
            return "";
        }
        int start = hidden.size();
        while (start > 0 && !isGap(hidden.get(start - 1))) {
            start--;
        }
        return hidden.subList(start, hidden.size()).stream()
                .filter(token -> token.getType() == SkiveLexer.COMMENT)
                .map(token -> token.getText().substring(2).strip())
                .collect(Collectors.joining("\n"));
    }

    /// True for white space with an empty line.
    private static boolean isGap(Token token) {
        return token.getType() == SkiveLexer.SPACE && token.getText().chars().filter(c -> c == '\n').count() > 1;
    }

    private static PatternTree pattern(SkiveParser.PatternContext context) {
        return new PatternTree(
                ExpressionReader.all(context.part(), RuleText::part),
                context.expression() == null
                        ? ExpressionReader.alternatives(context.alternative())
                        : ExpressionReader.expression(context.expression()));
    }

    private static Statement.Assignment part(SkiveParser.PartContext context) {
        return new Statement.Assignment(
                ExpressionReader.position(context),
                ExpressionReader.targets(context.target()),
                ExpressionReader.expression(context.expression()),
                ImmutableList.of());
    }

    /// An example written as one expression is a closure that returns it.
    private static Example example(SkiveParser.ExampleContext context) {
        Position at = ExpressionReader.position(context);
        ImmutableList<Statement> body =
                context.block() == null
                        ? returning(ExpressionReader.expression(context.expression()))
                        : ExpressionReader.statements(context.block());
        var graph = new Expression.Closure(at, ExpressionReader.parameters(context.parameter()), body);
        return new Example(at, context.FIRES() != null, graph);
    }

    private static ImmutableList<Statement> returning(Expression value) {
        var result = new Statement.Result(value.position(), Optional.empty(), value);
        return ImmutableList.of(new Statement.Return(value.position(), ImmutableList.of(result)));
    }
}

package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.SkiveParser.ExpressionContext;
import dev.skive.grammar.SkiveParser.ParameterContext;
import dev.skive.grammar.SkiveParser.ParameterTypeContext;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Element;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Operation;
import dev.skive.grammar.tree.Parameter;
import dev.skive.grammar.tree.ParameterType;
import dev.skive.grammar.tree.Position;
import dev.skive.grammar.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Makes syntax trees of the parser's trees: expressions, and the statements that closures hold.
final class ExpressionReader {
    private ExpressionReader() {}

    static Expression expression(ExpressionContext context) {
        Position at = position(context);
        return switch (context) {
            case SkiveParser.NegationContext of -> new Expression.Negation(at, expression(of.expression()));
            case SkiveParser.DenialContext of -> new Expression.Denial(at, expression(of.expression()));
            case SkiveParser.ApproximatelyContext of -> new Expression.Approximately(at, expression(of.expression()));
            case SkiveParser.OnlyUseContext of -> new Expression.OnlyUse(at, expression(of.expression()));
            case SkiveParser.BinaryContext of -> binary(of);
            case SkiveParser.CallContext of -> call(of.application());
            case SkiveParser.TensorContext of -> tensor(of);
            case SkiveParser.ClosureContext of ->
                    new Expression.Closure(at, parameters(of.parameter()), statements(of.block()));
            case SkiveParser.ListContext of -> new Expression.Listing(at, expressions(of.expression()));
            case SkiveParser.GroupContext of -> expression(of.expression());
            case SkiveParser.HoleContext of ->
                    new Expression.Hole(at, of.HOLE().getText().substring(1), of.DOTS() != null);
            case SkiveParser.NameContext of -> new Expression.Name(at, of.NAME().getText());
            case SkiveParser.MissingContext of -> new Expression.Missing(at);
            case SkiveParser.NumberContext of -> new Expression.Numeral(at, of.getText());
            case SkiveParser.TextContext of -> new Expression.Text(at, unquoted(of.STRING()));
            default -> throw new AssertionError(context.getClass());
        };
    }

    private static Expression call(SkiveParser.ApplicationContext context) {
        return new Expression.Call(
                position(context), context.NAME().getText(), all(context.argument(), ExpressionReader::argument));
    }

    /// Operators of which one matches.
    static Expression alternatives(List<SkiveParser.AlternativeContext> contexts) {
        return contexts.stream()
                .map(ExpressionReader::alternative)
                .reduce((left, right) -> new Expression.Binary(left.position(), Operation.OR, left, right))
                .orElseThrow(() -> new AssertionError("no operator"));
    }

    private static Expression alternative(SkiveParser.AlternativeContext context) {
        Expression call = call(context.application());
        return context.ONCE() == null ? call : new Expression.OnlyUse(position(context), call);
    }

    private static Expression binary(SkiveParser.BinaryContext context) {
        return new Expression.Binary(
                Parsing.position(context.op),
                Operation.of(context.op.getText()),
                expression(context.expression(0)),
                expression(context.expression(1)));
    }

    private static Expression tensor(SkiveParser.TensorContext context) {
        String element = context.NAME().getText();
        ImmutableList<Expression> shape = sizes(context.shape());
        return context.elements() == null
                ? new Expression.Typed(position(context), element, shape)
                : new Expression.TensorLiteral(
                        position(context),
                        element,
                        shape,
                        all(context.elements().element(), ExpressionReader::element));
    }

    private static ImmutableList<Expression> sizes(SkiveParser.ShapeContext shape) {
        return shape.DOTS() == null
                ? expressions(shape.expression())
                : ImmutableList.of(new Expression.AnySizes(Parsing.position(shape.DOTS().getSymbol())));
    }

    private static Argument argument(SkiveParser.ArgumentContext context) {
        return new Argument(
                position(context),
                Optional.ofNullable(context.word()).map(ParseTree::getText),
                context.keyword() == null
                        ? expression(context.expression())
                        : new Expression.Name(position(context.keyword()), context.keyword().getText()));
    }

    private static Element element(SkiveParser.ElementContext context) {
        TerminalNode text = context.STRING();
        return text == null
                ? new Element(position(context), context.getText(), false)
                : new Element(position(context), unquoted(text), true);
    }

    static ImmutableList<Parameter> parameters(List<ParameterContext> contexts) {
        return all(contexts, ExpressionReader::parameter);
    }

    private static Parameter parameter(ParameterContext context) {
        return new Parameter(
                position(context),
                context.NAME().getText(),
                Optional.ofNullable(context.STRING()).map(ExpressionReader::unquoted),
                Optional.ofNullable(context.parameterType()).map(ExpressionReader::type),
                Optional.ofNullable(context.expression()).map(ExpressionReader::expression));
    }

    static ParameterType type(ParameterTypeContext context) {
        String name = context.NAME().getText();
        if (context.shape() != null) {
            return new ParameterType.Tensor(position(context), name, sizes(context.shape()));
        }
        return context.parameterType() == null
                ? new ParameterType.Named(position(context), name)
                : new ParameterType.Wrapped(position(context), name, type(context.parameterType()));
    }

    static ImmutableList<Statement> statements(SkiveParser.BlockContext block) {
        return all(block.statement(), ExpressionReader::statement);
    }

    private static Statement statement(SkiveParser.StatementContext context) {
        Position at = position(context);
        return switch (context) {
            case SkiveParser.LetStatementContext of ->
                    new Statement.Let(at, of.let().NAME().getText(), expression(of.let().expression()));
            case SkiveParser.AssignmentContext of ->
                    new Statement.Assignment(
                            at,
                            targets(of.target()),
                            expression(of.expression()),
                            of.origin() == null
                                    ? ImmutableList.of()
                                    : all(of.origin().STRING(), ExpressionReader::unquoted));
            case SkiveParser.RepetitionContext of ->
                    new Statement.Repetition(
                            at,
                            of.NAME().getText(),
                            expression(of.expression(0)),
                            expression(of.expression(1)),
                            statements(of.block()));
            case SkiveParser.ReturningContext of ->
                    new Statement.Return(at, all(of.returned(), ExpressionReader::result));
            default -> throw new AssertionError(context.getClass());
        };
    }

    static ImmutableList<Statement.Target> targets(List<SkiveParser.TargetContext> contexts) {
        return all(
                contexts,
                target ->
                        new Statement.Target(
                                position(target), Optional.ofNullable(target.NAME()).map(ParseTree::getText)));
    }

    private static Statement.Result result(SkiveParser.ReturnedContext context) {
        Optional<String> name =
                Optional.ofNullable(context.NAME())
                        .map(ParseTree::getText)
                        .or(() -> Optional.ofNullable(context.STRING()).map(ExpressionReader::unquoted));
        return new Statement.Result(position(context), name, expression(context.expression()));
    }

    static ImmutableList<Expression> expressions(List<ExpressionContext> contexts) {
        return all(contexts, ExpressionReader::expression);
    }

    static <C, T> ImmutableList<T> all(List<C> contexts, Function<C, T> reader) {
        return contexts.stream().map(reader).collect(ImmutableList.toImmutableList());
    }

    static Position position(ParserRuleContext context) {
        return Parsing.position(context.getStart());
    }

    /// Words joined by hyphens.
    ///
    /// @throws TextError when a space stands between them
    static String kebab(SourceText source, SkiveParser.KebabContext context) {
        String text = context.children.stream().map(ParseTree::getText).collect(Collectors.joining());
        Token last = context.getStop();
        if (last.getStopIndex() - context.getStart().getStartIndex() + 1 != text.length()) {
            throw source.error(Parsing.position(last), "no space may stand in the name '" + text + "'");
        }
        return text;
    }

    /// The value of a string literal.
    static String unquoted(TerminalNode literal) {
        String text = literal.getText();
        var value = new StringBuilder();
        int end = text.length() - 1;
        int at = 1;
        while (at < end) {
            char c = text.charAt(at++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            if (escaped == 'u') {
                value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                value.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> escaped;
                        });
            }
        }
        return value.toString();
    }
}

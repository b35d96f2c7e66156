package dev.skive.grammar;

import dev.skive.grammar.tree.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Applies the parser to texts.
final class Parsing {
    /// Problems that are reported at once.
    private static final int MAXIMUM_PROBLEMS = 20;

    private Parsing() {}

    /// What the parser makes of a text.
    ///
    /// @param entry a rule of the grammar that ends at the end of the text
    /// @throws TextError when the text does not follow the rule, with all places where it does not
    static <T extends ParserRuleContext> T parse(SourceText source, Function<SkiveParser, T> entry) {
        var problems = new ArrayList<TextProblem>();
        var lexer = new SkiveLexer(CharStreams.fromString(source.text(), source.name()));
        lexer.removeErrorListeners();
        var tokens = new CommonTokenStream(lexer);
        tokens.fill();
        Nesting.check(source, tokens.getTokens());
        var parser = new SkiveParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new Collector(source, problems));
        parser.setErrorHandler(new PlainErrors());
        T tree = entry.apply(parser);
        if (!problems.isEmpty()) {
            throw new TextError(problems);
        }
        return tree;
    }

    /// The place of a token.
    static Position position(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    /// Notes what the parser finds wrong, until that is enough.
    private static final class Collector extends BaseErrorListener {
        private final SourceText source;
        private final List<TextProblem> problems;

        Collector(SourceText source, List<TextProblem> problems) {
            this.source = source;
            this.problems = problems;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            problems.add(new TextProblem(source, new Position(line, column + 1), message));
            if (problems.size() >= MAXIMUM_PROBLEMS) {
                throw new TextError(problems);
            }
        }
    }
}

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

/// The parser of one text. It goes on after an error, so that several can be reported at once.
final class Parsing {
    /// Problems that are reported at once.
    private static final int MAXIMUM_PROBLEMS = 20;

    private final List<TextProblem> problems = new ArrayList<>();
    private final CommonTokenStream tokens;
    private final SkiveParser parser;

    /// A parser at the beginning of a text.
    ///
    /// @throws TextError when the text is nested too deeply
    Parsing(SourceText source) {
        var lexer = new SkiveLexer(CharStreams.fromString(source.text(), source.name()));
        lexer.removeErrorListeners();
        tokens = new CommonTokenStream(lexer);
        tokens.fill();
        Nesting.check(source, tokens.getTokens());
        parser = new SkiveParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new Collector(source, problems));
        parser.setErrorHandler(new PlainErrors());
    }

    /// What a rule of the grammar makes of the text.
    ///
    /// @param entry a rule that ends at the end of the text
    /// @throws TextError when the text does not follow the rule, with all places where it does not
    <T extends ParserRuleContext> T apply(Function<SkiveParser, T> entry) {
        T tree = entry.apply(parser);
        if (!problems.isEmpty()) {
            throw new TextError(problems);
        }
        return tree;
    }

    /// The words of the text, comments and white space between them.
    CommonTokenStream tokens() {
        return tokens;
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

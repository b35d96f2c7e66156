package dev.skive.grammar;

import dev.skive.grammar.tree.Position;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/// The parser of a text: it stops at the first error and says in words what was expected there.
final class Parsing {
    private static final int SHOWN = 6;

    private Parsing() {}

    /// A parser at the beginning of the text.
    ///
    /// @throws TextError when the text is nested too deeply
    static SkiveParser of(SourceText source) {
        var lexer = new SkiveLexer(CharStreams.fromString(source.text(), source.name()));
        lexer.removeErrorListeners();
        var tokens = new CommonTokenStream(lexer);
        tokens.fill();
        Nesting.check(source, tokens.getTokens());
        var parser = new SkiveParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new FirstError(source));
        return parser;
    }

    /// The place of a token.
    static Position position(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    private static final class FirstError extends DefaultErrorStrategy {
        private final SourceText source;

        private FirstError(SourceText source) {
            this.source = source;
        }

        @Override
        public void reportError(Parser recognizer, RecognitionException error) {
            throw wrong(recognizer, error.getOffendingToken());
        }

        @Override
        public void recover(Parser recognizer, RecognitionException error) {
            throw wrong(recognizer, error.getOffendingToken());
        }

        @Override
        protected void reportUnwantedToken(Parser recognizer) {
            throw wrong(recognizer, recognizer.getCurrentToken());
        }

        @Override
        protected void reportMissingToken(Parser recognizer) {
            throw wrong(recognizer, recognizer.getCurrentToken());
        }

        private TextError wrong(Parser recognizer, Token found) {
            if (found.getType() == SkiveLexer.UNKNOWN && found.getText().equals("\"")) {
                return source.error(position(found), "the string is not closed on this line");
            }
            String what =
                    found.getType() == Token.EOF ? "the end of the text" : "'" + found.getText() + "'";
            boolean here = found == recognizer.getCurrentToken();
            String expected = here ? expected(recognizer) : "";
            return source.error(
                    position(found), expected.isEmpty() ? "unexpected " + what : "expected " + expected + ", found " + what);
        }

        private static String expected(Parser recognizer) {
            IntervalSet types = recognizer.getExpectedTokens();
            if (types.contains(SkiveLexer.HOLE)) {
                return "an expression";
            }
            if (types.size() > SHOWN) {
                return types.contains(SkiveLexer.NAME) ? "a name" : "";
            }
            return types.toList().stream()
                    .map(type -> word(recognizer, type))
                    .collect(Collectors.joining(" or "));
        }

        private static String word(Parser recognizer, int type) {
            if (type == Token.EOF) {
                return "the end of the text";
            }
            String literal = recognizer.getVocabulary().getLiteralName(type);
            String symbol = recognizer.getVocabulary().getSymbolicName(type);
            return literal == null ? "a " + symbol.toLowerCase(Locale.ROOT) : literal;
        }
    }
}

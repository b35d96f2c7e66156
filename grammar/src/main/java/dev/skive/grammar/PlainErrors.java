package dev.skive.grammar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Says in plain words what the parser expected and what it found.
final class PlainErrors extends DefaultErrorStrategy {
    private static final int NAMED = 5;
    private static final int SHOWN = 40;

    /// What an expression can begin with, and little else can.
    private static final IntervalSet EXPRESSION =
            new IntervalSet(SkiveLexer.MINUS, SkiveLexer.OPEN, SkiveLexer.OPEN_LIST, SkiveLexer.INT, SkiveLexer.NAME);

    /// Words of the language that can also be names of attributes.
    private static final IntervalSet ATTRIBUTES = IntervalSet.of(SkiveLexer.GRAPH, SkiveLexer.FROM);

    private static final IntervalSet NUMBERS = new IntervalSet(SkiveLexer.INT, SkiveLexer.FLOAT, SkiveLexer.BITS);

    private static final IntervalSet OPERATORS =
            new IntervalSet(SkiveLexer.PLUS, SkiveLexer.MINUS, SkiveLexer.TIMES, SkiveLexer.OVER, SkiveLexer.AT);

    private static final IntervalSet EXPRESSION_STARTS =
            new IntervalSet(
                    SkiveLexer.MINUS,
                    SkiveLexer.NOT,
                    SkiveLexer.ABOUT,
                    SkiveLexer.ONCE,
                    SkiveLexer.OPEN,
                    SkiveLexer.OPEN_LIST,
                    SkiveLexer.HOLE,
                    SkiveLexer.NAME,
                    SkiveLexer.UNDERSCORE,
                    SkiveLexer.INT,
                    SkiveLexer.FLOAT,
                    SkiveLexer.BITS,
                    SkiveLexer.STRING);

    private static final IntervalSet ALL_OPERATORS =
            new IntervalSet(
                    SkiveLexer.TIMES,
                    SkiveLexer.OVER,
                    SkiveLexer.REST,
                    SkiveLexer.AT,
                    SkiveLexer.PLUS,
                    SkiveLexer.MINUS,
                    SkiveLexer.EQUAL,
                    SkiveLexer.DIFFERENT,
                    SkiveLexer.LESS,
                    SkiveLexer.AT_MOST,
                    SkiveLexer.GREATER,
                    SkiveLexer.AT_LEAST,
                    SkiveLexer.BOTH,
                    SkiveLexer.EITHER,
                    SkiveLexer.OR);

    @Override
    protected void reportNoViableAlternative(Parser recognizer, NoViableAltException error) {
        Token found = error.getOffendingToken();
        boolean here = found.getTokenIndex() == recognizer.getCurrentToken().getTokenIndex();
        recognizer.notifyErrorListeners(
                found, here ? message(recognizer.getExpectedTokens(), found) : unexpected(found), error);
    }

    @Override
    protected void reportInputMismatch(Parser recognizer, InputMismatchException error) {
        recognizer.notifyErrorListeners(
                error.getOffendingToken(), message(error.getExpectedTokens(), error.getOffendingToken()), error);
    }

    @Override
    protected void reportUnwantedToken(Parser recognizer) {
        report(recognizer);
    }

    @Override
    protected void reportMissingToken(Parser recognizer) {
        report(recognizer);
    }

    private void report(Parser recognizer) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            Token found = recognizer.getCurrentToken();
            recognizer.notifyErrorListeners(found, message(getExpectedTokens(recognizer), found), null);
        }
    }

    private static String message(IntervalSet expected, Token found) {
        String wanted = describe(expected);
        return wanted.isEmpty() || isUnknown(found)
                ? unexpected(found)
                : "expected " + wanted + ", found " + name(found);
    }

    private static String unexpected(Token found) {
        if (found.getType() == Token.EOF) {
            return "unexpected end of the text";
        }
        if (!isUnknown(found)) {
            return "unexpected " + name(found);
        }
        return found.getText().equals("\"")
                ? "the string is not closed on this line, or has an unknown escape (known are \\\\ \\\" \\n \\r \\t \\uXXXX)"
                : "unexpected character " + name(found);
    }

    private static boolean isUnknown(Token token) {
        return token.getType() == SkiveLexer.UNKNOWN;
    }

    private static String name(Token token) {
        if (token.getType() == Token.EOF) {
            return "the end of the text";
        }
        String text = SourceText.visible(token.getText());
        int length = text.codePointCount(0, text.length());
        String shown = length > SHOWN ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "..." : text;
        return token.getType() == SkiveLexer.STRING ? shown : "'" + shown + "'";
    }

    /// The tokens in words; nothing when they are too many to be of use.
    private static String describe(IntervalSet expected) {
        IntervalSet left = new IntervalSet(expected);
        Set<String> words = new LinkedHashSet<>();
        if (containsAll(left, ATTRIBUTES)) {
            ATTRIBUTES.toList().forEach(left::remove);
        }
        if (containsAll(left, EXPRESSION)) {
            words.add("an expression");
            EXPRESSION_STARTS.toList().forEach(left::remove);
        } else if (containsAll(left, NUMBERS)) {
            words.add("a number");
            NUMBERS.toList().forEach(left::remove);
        }
        if (containsAll(left, OPERATORS)) {
            ALL_OPERATORS.toList().forEach(left::remove);
            words.add("an operator");
        }
        left.toList().forEach(token -> words.add(word(token)));
        return words.size() > NAMED ? "" : join(new ArrayList<>(words));
    }

    private static boolean containsAll(IntervalSet set, IntervalSet wanted) {
        return wanted.toList().stream().allMatch(set::contains);
    }

    private static String word(int token) {
        return switch (token) {
            case Token.EOF -> "the end of the text";
            case SkiveLexer.NAME -> "a name";
            case SkiveLexer.STRING -> "a text in quotes";
            case SkiveLexer.INT -> "a whole number";
            case SkiveLexer.FLOAT -> "a number with a point";
            case SkiveLexer.BITS -> "bits (0x...)";
            case SkiveLexer.HOLE -> "a variable ($x)";
            default -> SkiveParser.VOCABULARY.getDisplayName(token);
        };
    }

    private static String join(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
}

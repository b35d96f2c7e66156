package dev.skive.grammar;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Keeps expressions so flat that reading them never exhausts the Java stack: open brackets and pending operators
/// together are bounded.
final class Nesting {
    private static final int DEEPEST = 500;

    private final Deque<Integer> pending = new ArrayDeque<>();
    private int depth;

    private Nesting() {
        pending.push(0);
    }

    /// @throws TextError at the first token that is nested too deeply
    static void check(SourceText source, List<Token> tokens) {
        var nesting = new Nesting();
        for (Token token : tokens) {
            nesting.see(token.getType());
            if (nesting.depth > DEEPEST) {
                throw source.error(
                        Parsing.position(token),
                        "more than %d brackets and operators are open here; name parts of the expression"
                                .formatted(DEEPEST));
            }
        }
    }

    private void see(int type) {
        switch (type) {
            case SkiveLexer.OPEN, SkiveLexer.OPEN_LIST, SkiveLexer.OPEN_BLOCK -> {
                pending.push(1);
                depth++;
            }
            case SkiveLexer.CLOSE, SkiveLexer.CLOSE_LIST, SkiveLexer.CLOSE_BLOCK -> {
                if (pending.size() > 1) {
                    depth -= pending.pop();
                }
            }
            case SkiveLexer.COMMA,
                    SkiveLexer.IS,
                    SkiveLexer.RETURN,
                    SkiveLexer.REPEAT,
                    SkiveLexer.TO,
                    SkiveLexer.MATCH,
                    SkiveLexer.WHERE,
                    SkiveLexer.REPLACE ->
                    flatten();
            case SkiveLexer.MINUS,
                    SkiveLexer.NOT,
                    SkiveLexer.ABOUT,
                    SkiveLexer.ONCE,
                    SkiveLexer.TIMES,
                    SkiveLexer.OVER,
                    SkiveLexer.REST,
                    SkiveLexer.AT,
                    SkiveLexer.PLUS,
                    SkiveLexer.EQUAL,
                    SkiveLexer.DIFFERENT,
                    SkiveLexer.LESS,
                    SkiveLexer.AT_MOST,
                    SkiveLexer.GREATER,
                    SkiveLexer.AT_LEAST,
                    SkiveLexer.BOTH,
                    SkiveLexer.EITHER,
                    SkiveLexer.OR -> {
                pending.push(pending.pop() + 1);
                depth++;
            }
            default -> {}
        }
    }

    /// Forgets the operators since the last bracket was opened.
    private void flatten() {
        int open = pending.size() > 1 ? 1 : 0;
        depth -= pending.pop() - open;
        pending.push(open);
    }
}
